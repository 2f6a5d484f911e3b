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

    /** Returns the smallest range with the numbers of an axis. */
    Range with(Axis axis) {
        return with(axis.min() == null ? Double.NaN : axis.min()).with(axis.max() == null ? Double.NaN : axis.max());
    }

    /** Returns the smallest range with values and the whiskers at them. */
    Range with(List<Double> values, List<Double> deviations) {
        Range range = this;
        for (int i = 0; i < values.size(); i++) {
            range = range.with(values.get(i) - deviations.get(i)).with(values.get(i) + deviations.get(i));
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

    /** Returns the larger distance of an end from zero. */
    double farthest() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Returns the pixel of a value, if the ends of this range are at two pixels. */
    double place(double value, double lowPixel, double highPixel) {
        return lowPixel + (value - low) / length() * (highPixel - lowPixel);
    }
}
