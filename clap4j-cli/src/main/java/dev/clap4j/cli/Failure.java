package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** A one-line message for an error, found anywhere in its chain of causes, and advice on what to do. */
final class Failure {
    /** The out-of-memory messages of ONNX Runtime and libtorch. */
    private static final Pattern NATIVE_MEMORY = Pattern.compile(
            "bad_alloc|bad allocation|Failed to allocate memory|can't allocate memory|not enough memory",
            Pattern.CASE_INSENSITIVE);

    private static final int MEBIBYTE = 20;
    private static final String OVERWRITE = "--overwrite";

    private Failure() {}

    static Optional<String> words(Throwable error) {
        if (error instanceof ClapException) {
            return Optional.of(error.getMessage());
        }
        return causes(error).map(Failure::known).flatMap(Optional::stream).findFirst();
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof OutOfMemoryError full) {
            return Optional.of(memory(String.valueOf(full.getMessage())));
        }
        if (cause instanceof StackOverflowError) {
            return Optional.of("What was read is nested too deeply: a thread's stack is full (CLAP_JAVA_OPTIONS=-Xss16m"
                    + " makes it larger)");
        }
        if (cause instanceof ExceptionInInitializerError failed && failed.getException() instanceof ClapException e) {
            return Optional.of(e.getMessage());
        }
        if (cause instanceof InvalidPathException invalid) {
            return Optional.of("Not a path: " + invalid.getInput() + " (" + invalid.getReason() + ")");
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof InternalError && message.contains("unsafe memory access")) {
            return Optional.of("A file got shorter while it was being read; try again when nobody writes it");
        }
        return NATIVE_MEMORY.matcher(message).find()
                ? Optional.of("The memory is full: the system gives no more to the networks. Close other programs, or"
                        + " compute less at a time")
                : Optional.empty();
    }

    private static String memory(String reason) {
        String what = reason.toLowerCase(Locale.ROOT);
        if (what.contains("thread")) {
            return "The system gives this process no more threads (" + reason + ")";
        }
        if (what.contains("direct buffer") || what.contains("map failed")) {
            return "The memory is full: no room beside Java's heap (" + reason
                    + "). CLAP_JAVA_OPTIONS=-XX:MaxDirectMemorySize=4g gives it more";
        }
        long heap = Runtime.getRuntime().maxMemory() >> MEBIBYTE;
        return "The memory is full: Java's heap has " + heap + " MiB (" + reason + "). CLAP_JAVA_OPTIONS=-Xmx"
                + 2 * heap + "m gives it more";
    }

    /** Returns the option or command that helps against a {@link Problem}; empty if no option of the command does. */
    static Optional<String> advice(Throwable error, CommandSpec command) {
        return causes(error)
                .filter(ClapException.class::isInstance)
                .flatMap(cause -> ((ClapException) cause).problem().stream())
                .findFirst()
                .flatMap(problem -> advice(problem, command));
    }

    private static Optional<String> advice(Problem problem, CommandSpec command) {
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
            // Said where the name is known, see NamedModel.
            case NOT_DOWNLOADED -> Optional.empty();
            case UNKNOWN_HEADS -> having(command, "--heads", "or say how many heads it has with --heads");
            case GEOMETRY_IS_KNOWN -> Optional.of("leave out --activation and --heads");
            case PREPROCESSING_NOT_EXPORTABLE -> Optional.of("export without --preprocessing");
            case TOO_MANY_PIXELS -> having(command, "--max-pixels", "if you trust it, --max-pixels allows more");
            case NO_INDEX -> Optional.of("clap index makes one");
            case INDEX_DIFFERS ->
                having(
                        command,
                        "--head",
                        "give --model, --head and --alpha as for the index, and none that it was made without; or make another index");
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
