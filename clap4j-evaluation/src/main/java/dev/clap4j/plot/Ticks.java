package dev.clap4j.plot;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Round numbers along an axis: multiples of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param step the distance between numbers
 * @param values ascending
 */
record Ticks(BigDecimal step, List<Double> values) {
    private static final List<BigDecimal> ROUND = List.of(
            BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(2.5), BigDecimal.valueOf(5), BigDecimal.TEN);

    /** The maximum number of ticks; there are at least a third as many. */
    private static final int MOST = 9;

    /** Makes the list unmodifiable. */
    Ticks {
        values = List.copyOf(values);
    }

    /**
     * Returns the ticks within a range.
     *
     * @param range of positive length
     */
    static Ticks of(Range range) {
        double least = range.length() / (MOST - 1);
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
        BigDecimal step = ROUND.stream()
                .map(power::multiply)
                .filter(candidate -> candidate.doubleValue() >= least)
                .findFirst()
                .orElseGet(() -> power.scaleByPowerOfTen(1))
                .stripTrailingZeros();
        double width = step.doubleValue();
        // Values at an end up to rounding errors are included.
        long from = (long) Math.ceil(range.low() / width - 1e-9);
        long to = (long) Math.floor(range.high() / width + 1e-9);
        return new Ticks(
                step,
                LongStream.rangeClosed(from, to)
                        .mapToObj(k -> step.multiply(BigDecimal.valueOf(k)).doubleValue())
                        .toList());
    }

    /**
     * Formats a value with as many decimals as the step, or with an exponent if that is shorter and all labels stay
     * distinct.
     */
    String label(double value) {
        int decimals = Math.max(0, step.scale());
        return isScientific(decimals) ? Numbers.plain(value) : Numbers.fixed(value, decimals);
    }

    private boolean isScientific(int decimals) {
        boolean isLong = decimals > 4 || values.stream().anyMatch(value -> Math.abs(value) >= 1e6);
        return isLong && values.stream().map(Numbers::plain).distinct().count() == values.size();
    }
}
