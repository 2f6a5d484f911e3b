package dev.clap4j.pretraining;

import dev.clap4j.training.Hyperparameter;
import dev.clap4j.training.ValueText;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The hyper-parameters of pre-training, in the order in which {@code run.json} lists them. */
public final class PretrainHyperparameters {
    static final String WARMUP = "warmup";

    private static final List<Hyperparameter<PretrainDraft, ?>> SCHEDULE = List.of(
            of(
                    "steps",
                    "N",
                    "Steps (default: 20000).",
                    ValueText.WHOLE,
                    draft -> draft.steps,
                    (draft, value) -> draft.steps = value),
            of(
                    "batch",
                    "N",
                    "Pairs in a step (default: 256).",
                    ValueText.WHOLE,
                    draft -> draft.batchSize,
                    (draft, value) -> draft.batchSize = value),
            of(
                    "lr",
                    "R",
                    "The highest learning rate (default: 1e-3).",
                    ValueText.REAL,
                    draft -> draft.learningRate,
                    (draft, value) -> draft.learningRate = value),
            of(
                    WARMUP,
                    "N",
                    "Steps until it is reached (default: 500, or a tenth of all steps if that is less).",
                    ValueText.WHOLE,
                    draft -> draft.warmupSteps,
                    (draft, value) -> draft.warmupSteps = value),
            of(
                    "weight-decay",
                    "W",
                    "How fast matrices shrink, for each unit of the learning rate (default: 0.1).",
                    ValueText.REAL,
                    draft -> draft.weightDecay,
                    (draft, value) -> draft.weightDecay = value));

    private static final List<Hyperparameter<PretrainDraft, ?>> CONSTANTS = List.of(
            of(
                    "beta1",
                    "B",
                    "Decay rate of AdamW's running mean of gradients (default: 0.9).",
                    ValueText.REAL,
                    draft -> draft.beta1,
                    (draft, value) -> draft.beta1 = value),
            of(
                    "beta2",
                    "B",
                    "Decay rate of AdamW's running mean of squared gradients (default: 0.98).",
                    ValueText.REAL,
                    draft -> draft.beta2,
                    (draft, value) -> draft.beta2 = value),
            of(
                    "epsilon",
                    "E",
                    "Added to AdamW's denominator (default: 1e-6).",
                    ValueText.REAL,
                    draft -> draft.epsilon,
                    (draft, value) -> draft.epsilon = value),
            of(
                    "max-gradient-norm",
                    "G",
                    "Euclidean norm to which gradients are clipped (default: 1).",
                    ValueText.REAL,
                    draft -> draft.maxGradientNorm,
                    (draft, value) -> draft.maxGradientNorm = value));

    private static final List<Hyperparameter<PretrainDraft, ?>> RUN = List.of(
            of(
                    "vocab-size",
                    "N",
                    "Pieces of the vocabulary that is learned, 514 or more (default: 4096).",
                    ValueText.WHOLE,
                    draft -> draft.vocabSize,
                    (draft, value) -> draft.vocabSize = value),
            of(
                    "seed",
                    "N",
                    "All randomness (default: 0).",
                    ValueText.LONG,
                    draft -> draft.seed,
                    (draft, value) -> draft.seed = value),
            of(
                    "threads",
                    "N",
                    "Threads that compute; another number rounds otherwise (default: 2).",
                    ValueText.WHOLE,
                    draft -> draft.threads,
                    (draft, value) -> draft.threads = value),
            of(
                    "checkpoint-every",
                    "N",
                    "Steps between two checkpoints (default: 500).",
                    ValueText.WHOLE,
                    draft -> draft.checkpointEvery,
                    (draft, value) -> draft.checkpointEvery = value));

    /** All of them. */
    static final List<Hyperparameter<PretrainDraft, ?>> ALL =
            Stream.of(SCHEDULE, CONSTANTS, RUN).flatMap(List::stream).toList();

    private PretrainHyperparameters() {}

    /**
     * Returns those that a user chooses, in the order of the help texts. The others are constants of CLIP, which
     * {@code run.json} lists too.
     */
    public static List<Hyperparameter<?, ?>> chosen() {
        return Stream.of(SCHEDULE, RUN)
                .<Hyperparameter<?, ?>>flatMap(List::stream)
                .toList();
    }

    private static <T> Hyperparameter<PretrainDraft, T> of(
            String name,
            String label,
            String help,
            ValueText<T> values,
            Function<PretrainDraft, T> get,
            BiConsumer<PretrainDraft, T> set) {
        return new Hyperparameter<>(name, label, help, values, get, (draft, value) -> {
            set.accept(draft, value);
            return draft;
        });
    }
}
