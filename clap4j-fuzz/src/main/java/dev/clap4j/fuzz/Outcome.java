package dev.clap4j.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How an attempt ended.
 *
 * @param kind which end it was
 * @param signature the same for inputs that find the same fault, as far as can be told
 * @param detail everything known, in lines: a stack, or what a dying process said
 */
public record Outcome(Kind kind, String signature, String detail) {
    /** An attempt that got to its end. */
    static final Outcome VALUE = new Outcome(Kind.VALUE, "", "");

    private static final String OURS = "dev.clap4j.";
    private static final String NOT_OURS = "dev.clap4j.fuzz.";

    /** Ways to end. */
    public enum Kind {
        /** The input was read. */
        VALUE,
        /** The input was refused in words, by a ClapException. */
        REFUSED,
        /** Another exception or error. */
        EXCEPTION,
        /** More memory than an input may take. */
        MEMORY,
        /** More time than an input may take. */
        HANG,
        /** The process ended. */
        ABORT;

        /** Whether it is a fault of the program. */
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

    /** The innermost place of ours. */
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

    /** Whether it is the same fault, as far as can be told. */
    boolean isSameAs(Outcome other) {
        // What a dying or a hanging process was about is not known so exactly.
        return kind == other.kind && (kind == Kind.HANG || kind == Kind.MEMORY || signature.equals(other.signature));
    }
}
