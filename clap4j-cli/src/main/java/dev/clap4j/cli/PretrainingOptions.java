package dev.clap4j.cli;

import dev.clap4j.pretraining.PretrainHyperparameters;
import dev.clap4j.pretraining.PretrainOptions;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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

    private final DeclaredOptions declared = DeclaredOptions.of(PretrainHyperparameters.chosen().stream(), Map.of());

    @Mixin
    final CommandSpec hyperparameters = declared.spec();

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
        return OptionValues.of(program, () -> base.with(declared.given()));
    }
}
