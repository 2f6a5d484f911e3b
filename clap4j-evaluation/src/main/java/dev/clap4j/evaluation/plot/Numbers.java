package dev.clap4j.evaluation.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as they stand in figures. */
final class Numbers {
    private Numbers() {}

    /** As short as it can be without losing more than four digits' precision: {@code 8}, {@code 0.03}, {@code 1e-4}. */
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

    /** With so many decimals. */
    static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** As many decimals as three or so digits of the largest number beside it leave: percentages have one. */
    static String brief(double value, double largest) {
        int decimals = largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
        return new BigDecimal(value)
                .setScale(Math.abs(value) >= 99.95 ? 0 : decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
