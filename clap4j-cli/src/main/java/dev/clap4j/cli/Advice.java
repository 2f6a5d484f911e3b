package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Advice on a {@link Problem} for the command line: the option or command that helps. */
final class Advice {
    private static final String OVERWRITE = "--overwrite";

    private Advice() {}

    /** Returns the advice; empty if no option of the command helps. */
    static Optional<String> on(Throwable error, CommandSpec command) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(ClapException.class::isInstance)
                .map(ClapException.class::cast)
                .flatMap(cause -> cause.problem().stream())
                .findFirst()
                .flatMap(problem -> on(problem, command));
    }

    private static Optional<String> on(Problem problem, CommandSpec command) {
        return switch (problem) {
            case RUN_EXISTS ->
                having(command, "--resume", "continue it with --resume, or replace it with --overwrite")
                        .or(() -> having(command, OVERWRITE, "replace it with --overwrite"));
            case RUN_DIFFERS ->
                having(command, OVERWRITE, "resume it as it was started, or start anew with --overwrite");
            case RUN_IS_DAMAGED -> having(command, OVERWRITE, "--overwrite starts anew");
            case NO_RUN -> Optional.of("give the folder that was the --out of a command");
            case NOTHING_TO_RESUME -> having(command, "--resume", "leave out --resume to start anew");
            case NO_MODEL -> having(command, "--model", "name a model with --model");
            case UNKNOWN_HEADS -> having(command, "--heads", "or say how many heads it has with --heads");
            case GEOMETRY_IS_KNOWN -> Optional.of("leave out --activation and --heads");
            case PREPROCESSING_NOT_EXPORTABLE -> Optional.of("export without --preprocessing");
            case NO_PROMPTS -> Optional.of("or have them written by clap prompts llm");
            case NO_PROMPTED_IMAGES -> Optional.of("clap synthesize makes such folders");
            case TOO_FEW_PROMPTS -> having(command, "--count", "ask for fewer with --count");
            case WRONG_ENDPOINT -> having(command, "--endpoint", "check --endpoint and --model");
            case NO_KEY, KEY_EXPECTED_ELSEWHERE ->
                having(command, "--key-variable", "--key-variable names the environment variable that holds it");
        };
    }

    /** Returns advice for commands with an option. */
    private static Optional<String> having(CommandSpec command, String option, String advice) {
        return command.findOption(option) == null ? Optional.empty() : Optional.of(advice);
    }
}
