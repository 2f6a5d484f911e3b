package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A one-line message for an error, found anywhere in its chain of causes. */
final class Failure {
    /** The out-of-memory messages of ONNX Runtime and libtorch. */
    private static final Pattern NATIVE_MEMORY = Pattern.compile(
            "bad_alloc|bad allocation|Failed to allocate memory|can't allocate memory|not enough memory",
            Pattern.CASE_INSENSITIVE);

    private static final int MEBIBYTE = 20;

    private Failure() {}

    /** Returns the line; empty for a defect. */
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
}
