package dev.clap4j.cli;

import dev.clap4j.pretraining.PretrainOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The hyper-parameters of {@code clap pretrain}; each that is not given has its default. */
final class PretrainingOptions {
    @Option(
            names = "--architecture",
            required = true,
            paramLabel = "NAME",
            completionCandidates = CheckpointRandomCommand.Names.class,
            description = "One of ${COMPLETION-CANDIDATES}, or the path of an open_clip_config.json.")
    private String architecture;

    @Option(names = "--steps", paramLabel = "N", description = "Steps (default: 20000).")
    private Integer steps;

    @Option(names = "--batch", paramLabel = "N", description = "Pairs in a step (default: 256).")
    private Integer batch;

    @Option(names = "--lr", paramLabel = "R", description = "The highest learning rate (default: 1e-3).")
    private Double learningRate;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "Steps until it is reached (default: 500, or a tenth of all steps if that is less).")
    private Integer warmup;

    @Option(
            names = "--weight-decay",
            paramLabel = "W",
            description = "How fast matrices shrink, for each unit of the learning rate (default: 0.1).")
    private Double weightDecay;

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description = "Pieces of the vocabulary that is learned, 514 or more (default: 4096).")
    private Integer vocabSize;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "All randomness (default: 0).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute; another number rounds otherwise (default: 2).")
    private Integer threads;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between two checkpoints (default: 500).")
    private Integer checkpointEvery;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * Resolves all options.
     *
     * @throws ParameterException if they are impossible; a file that cannot be read is no wrong use
     */
    PretrainOptions resolve() {
        CommandLine program = command.commandLine();
        PretrainOptions base = architecture.endsWith(".json")
                ? PretrainOptions.of(architecture)
                : OptionValues.of(program, () -> PretrainOptions.of(architecture));
        return OptionValues.of(program, () -> resolve(base));
    }

    private PretrainOptions resolve(PretrainOptions base) {
        int all = or(steps, base.steps());
        return base.withSchedule(
                        all, or(learningRate, base.learningRate()), or(warmup, Math.min(base.warmupSteps(), all / 10)))
                .withBatchSize(or(batch, base.batchSize()))
                .withWeightDecay(or(weightDecay, base.adam().weightDecay()))
                .withVocabSize(or(vocabSize, base.vocabSize()))
                .withSeed(seed)
                .withThreads(or(threads, base.threads()))
                .withCheckpointEvery(or(checkpointEvery, base.checkpointEvery()));
    }

    private static <T> T or(T given, T byDefault) {
        return given == null ? byDefault : given;
    }
}
