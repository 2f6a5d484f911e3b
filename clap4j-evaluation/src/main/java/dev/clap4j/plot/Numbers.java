package dev.clap4j.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Numbers at axes and bars. */
final class Numbers {
    /** The maximum number of ticks along an axis; there are at least a third as many. */
    private static final int MOST = 9;

    private Numbers() {}

    /** Formats with up to four significant digits, as short as possible: {@code 8}, {@code 0.03}, {@code 1e-4}. */
    static String plain(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(4, RoundingMode.HALF_UP))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -3 || exponent > 5) {
            BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
            return mantissa.toPlainString() + "e" + exponent;
        }
        return rounded.toPlainString();
    }

    private static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** Formats with about three digits of the largest neighbouring number: percentages have one decimal. */
    static String brief(double value, double largest) {
        int decimals = largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
        return fixed(value, Math.abs(value) >= 99.95 ? 0 : decimals);
    }

    /**
     * Returns round numbers, multiples of 1, 2, 2.5 or 5 times a power of ten, with their labels: with as many decimals
     * as the step, or with an exponent if that is shorter and all labels stay distinct.
     *
     * @param range of positive length
     */
    static SortedMap<Double, String> ticks(Range range) {
        double least = range.length() / (MOST - 1);
        int exponent = (int) Math.floor(Math.log10(least));
        BigDecimal step = Stream.of(10L, 20L, 25L, 50L, 100L)
                .map(factor -> BigDecimal.valueOf(factor, 1 - exponent))
                .filter(candidate -> candidate.doubleValue() >= least)
                .findFirst()
                .orElseThrow()
                .stripTrailingZeros();
        // Values at an end up to rounding errors are included.
        long from = (long) Math.ceil(range.low() / step.doubleValue() - 1e-9);
        long to = (long) Math.floor(range.high() / step.doubleValue() + 1e-9);
        List<Double> values = LongStream.rangeClosed(from, to)
                .mapToObj(k -> step.multiply(BigDecimal.valueOf(k)).doubleValue())
                .toList();
        int decimals = Math.max(0, step.scale());
        boolean isLong = decimals > 4 || values.stream().anyMatch(value -> Math.abs(value) >= 1e6);
        boolean brief = isLong && values.stream().map(Numbers::plain).distinct().count() == values.size();
        SortedMap<Double, String> labels = new TreeMap<>();
        values.forEach(value -> labels.put(value, brief ? plain(value) : fixed(value, decimals)));
        return labels;
    }
}
