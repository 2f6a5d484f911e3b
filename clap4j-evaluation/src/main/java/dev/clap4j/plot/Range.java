package dev.clap4j.plot;

import java.util.List;

/** The numbers between two ends. */
record Range(double low, double high) {
    /** Contains no number. */
    static final Range EMPTY = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Returns the smallest range with a number; itself if that is NaN. */
    Range with(double value) {
        return Double.isNaN(value) ? this : new Range(Math.min(low, value), Math.max(high, value));
    }

    /** Returns the smallest range with all values and the whiskers at them. */
    Range with(List<Series> series) {
        Range range = this;
        for (Series each : series) {
            for (Series.Value value : each.values()) {
                range = range.with(value.y() - value.deviation()).with(value.y() + value.deviation());
            }
        }
        return range;
    }

    /** Returns itself with room at both ends, as fractions of its length. */
    Range widened(double below, double above) {
        return new Range(low - below * length(), high + above * length());
    }

    /** Returns itself, or a range of positive length around its only number. */
    Range positive() {
        double middle = this.equals(EMPTY) ? 0 : low;
        return low < high ? this : new Range(middle - 1, middle + 1);
    }

    double length() {
        return high - low;
    }

    /** Returns the pixel of a value, if the ends of this range are at two pixels. */
    double place(double value, double lowPixel, double highPixel) {
        return lowPixel + (value - low) / length() * (highPixel - lowPixel);
    }
}
