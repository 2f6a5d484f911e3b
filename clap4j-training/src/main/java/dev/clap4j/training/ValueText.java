package dev.clap4j.training;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The textual form of values of one type.
 *
 * @param kind what a text should be, such as {@code a whole number}
 * @param read a value from text; throws {@link IllegalArgumentException} if it is none
 * @param write the text of a value, which {@code read} understands
 */
public record ValueText<T>(String kind, Function<String, T> read, Function<T, String> write) {
    /** Whole numbers. */
    public static final ValueText<Integer> WHOLE = new ValueText<>("a whole number", Integer::valueOf, String::valueOf);

    /** Whole numbers of 64 bits. */
    public static final ValueText<Long> LONG = new ValueText<>("a whole number", Long::valueOf, String::valueOf);

    /** Numbers. */
    public static final ValueText<Double> REAL = new ValueText<>("a number", ValueText::number, String::valueOf);

    /** Numbers that are kept in 32 bits. */
    public static final ValueText<Float> FLOAT =
            new ValueText<>("a number", text -> (float) number(text), String::valueOf);

    /** Returns what a text that is no such value should have been: its kind, or the largest whole number. */
    String expected(String text) {
        boolean whole = equals(WHOLE);
        if ((whole || equals(LONG)) && text.strip().matches("[-+]?\\d+")) {
            long most = whole ? Integer.MAX_VALUE : Long.MAX_VALUE;
            return kind + " of at most " + most;
        }
        return kind;
    }

    /** Java's own reader also takes suffixes and hexadecimal digits, which nobody means. */
    private static double number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?")) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(lower);
    }

    /** Some of the constants of an enumeration, in lower case. */
    static <E extends Enum<E>> ValueText<E> constant(List<E> constants) {
        List<String> names = constants.stream().map(ValueText::name).toList();
        return new ValueText<>(String.join(" or ", names), text -> constants.get(index(names, text)), ValueText::name);
    }

    /** One of some names. */
    static ValueText<String> oneOf(List<String> names) {
        return new ValueText<>(String.join(" or ", names), text -> names.get(index(names, text)), text -> text);
    }

    private static int index(List<String> names, String text) {
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException(text);
        }
        return index;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
