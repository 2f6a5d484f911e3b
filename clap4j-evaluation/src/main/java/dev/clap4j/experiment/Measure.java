package dev.clap4j.experiment;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A quantity that is measured.
 *
 * @param id its name in {@code scores.jsonl}, such as {@code zeroshot}
 * @param title a title for tables, with dimensions in braces: {@code "Zero-shot, {prompt}"}
 * @param symbol its symbol in the paper, such as {@code Δ(NC)}, for narrow columns
 * @param higherIsBetter whether larger values are better
 * @param unit the unit of its values
 */
public record Measure(String id, String title, String symbol, boolean higherIsBetter, Unit unit) {
    /** Matches a dimension in braces, with what is left out if it is absent. */
    private static final Pattern DIMENSION = Pattern.compile("( ?\\(?)\\{([a-z-]+)\\}(\\)?)");

    /**
     * A unit.
     *
     * @param sign the sign for axes and captions; empty for pure numbers
     * @param point the difference that counts as one point: differences below half a hundredth of it are not shown
     * @param decimals the number of decimals in tables
     */
    public record Unit(String sign, double point, int decimals) {
        /** Percent or percentage points. */
        public static final Unit PERCENT = new Unit("%", 1, 2);
        /** Fractions of one. */
        public static final Unit FRACTION = new Unit("", 0.01, 3);
        /** Nats. */
        public static final Unit NATS = new Unit("nats", 0.01, 3);
        /** Levels of 256 of a pixel. */
        public static final Unit LEVELS = new Unit("/255", 1, 2);
        /** Plain numbers. */
        public static final Unit NUMBER = new Unit("", 1, 4);
    }

    /** Returns an accuracy in percent. */
    public static Measure accuracy(String id, String title, String symbol) {
        return new Measure(id, title, symbol, true, Unit.PERCENT);
    }

    /** Returns a quantity in percentage points of which less is better. */
    public static Measure loss(String id, String title, String symbol) {
        return new Measure(id, title, symbol, false, Unit.PERCENT);
    }

    /**
     * Returns the title under a condition, whose values replace the dimensions in braces. An absent dimension is left
     * out, together with the words up to the next comma if a part of the title begins with it.
     */
    public String title(Condition condition) {
        boolean attacked = !"none".equals(condition.get(Condition.ATTACK));
        return filled(attacked ? title : title.replace("under {attack}", "without attack"), condition);
    }

    /** Returns the symbol under a condition. */
    public String symbol(Condition condition) {
        return filled(symbol, condition);
    }

    private static String filled(String text, Condition condition) {
        return Arrays.stream(text.split(", "))
                .filter(part -> !part.startsWith("{") || !isAbsent(DIMENSION.matcher(part), condition))
                .map(part -> DIMENSION
                        .matcher(part)
                        .replaceAll(each -> condition.has(each.group(2))
                                ? Matcher.quoteReplacement(each.group(1) + condition.get(each.group(2)) + each.group(3))
                                : ""))
                .collect(Collectors.joining(", "));
    }

    private static boolean isAbsent(Matcher dimension, Condition condition) {
        return dimension.find() && !condition.has(dimension.group(2));
    }
}
