package dev.clap4j.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Formats numbers for figures. */
final class Numbers {
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

    /** Formats with the given decimals. */
    static String fixed(double value, int decimals) {
        return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** Formats with about three digits of the largest neighbouring number: percentages have one decimal. */
    static String brief(double value, double largest) {
        int decimals = largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
        return fixed(value, Math.abs(value) >= 99.95 ? 0 : decimals);
    }
}
