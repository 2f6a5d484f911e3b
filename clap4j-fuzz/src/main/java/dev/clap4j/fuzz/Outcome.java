package dev.clap4j.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The outcome of running an input.
 *
 * @param kind the kind of outcome
 * @param signature equal for inputs that trigger the same fault, as far as can be told
 * @param detail all information in lines: a stack trace, or the last output of the process
 */
public record Outcome(Kind kind, String signature, String detail) {
    /** The outcome of an input that was read. */
    static final Outcome VALUE = new Outcome(Kind.VALUE, "", "");

    private static final String OURS = "dev.clap4j.";
    private static final String NOT_OURS = "dev.clap4j.fuzz.";

    /** The kinds of outcomes. */
    public enum Kind {
        /** The input was read. */
        VALUE,
        /** The input was rejected with a message, by a ClapException. */
        REFUSED,
        /** Any other exception or error. */
        EXCEPTION,
        /** The memory limit was exceeded. */
        MEMORY,
        /** The time limit was exceeded. */
        HANG,
        /** The process ended. */
        ABORT;

        /** Returns whether it is a fault of the program. */
        public boolean isFinding() {
            return this != VALUE && this != REFUSED;
        }
    }

    static Outcome refused(String message) {
        return new Outcome(Kind.REFUSED, "", message);
    }

    static Outcome exception(Throwable error) {
        StringWriter stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack));
        return new Outcome(Kind.EXCEPTION, error.getClass().getName() + place(error.getStackTrace()), stack.toString());
    }

    static Outcome hang(StackTraceElement... stack) {
        return new Outcome(Kind.HANG, "hang" + place(stack), lines(stack));
    }

    static Outcome memory(String what, StackTraceElement... stack) {
        return new Outcome(Kind.MEMORY, "memory" + place(stack), what + "\n" + lines(stack));
    }

    static Outcome abort(int exitCode, String said) {
        return new Outcome(Kind.ABORT, "exit code " + exitCode, said);
    }

    /** Returns the innermost stack frame in this project. */
    private static String place(StackTraceElement... stack) {
        return Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .filter(frame -> !frame.getClassName().startsWith(NOT_OURS))
                .findFirst()
                .map(frame -> " in " + frame.getClassName().substring(OURS.length()) + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .orElse("");
    }

    private static String lines(StackTraceElement... stack) {
        return Arrays.stream(stack).map(frame -> "\tat " + frame).collect(Collectors.joining("\n"));
    }

    /** Returns whether this is the same fault, as far as can be told. */
    boolean isSameAs(Outcome other) {
        // The signatures of dying or hanging processes are imprecise.
        return kind == other.kind && (kind == Kind.HANG || kind == Kind.MEMORY || signature.equals(other.signature));
    }
}
