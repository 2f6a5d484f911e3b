package dev.clap4j.internal.image;

import java.util.Locale;

/** Resampling filters. Each is a function of the distance in output pixels. */
public enum Resampling {
    /** The pixel that contains the centre of the output pixel. */
    NEAREST(0, 0) {
        @Override
        double weight(double x) {
            throw new IllegalStateException("Nearest neighbours have no weights");
        }
    },
    /** Windowed sinc over three lobes. */
    LANCZOS(1, 3) {
        @Override
        double weight(double x) {
            return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }

        private double sinc(double x) {
            return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
        }
    },
    /** The triangle filter. */
    BILINEAR(2, 1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** The cubic convolution kernel with a = -0.5. */
    BICUBIC(3, 2) {
        @Override
        double weight(double x) {
            double a = -0.5;
            double d = Math.abs(x);
            if (d < 1) {
                return ((a + 2) * d - (a + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
        }
    },
    /** The mean of the pixels covered by the output pixel. */
    BOX(4, 0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    /** Hamming-windowed sinc; sharper than bilinear at the same cost. */
    HAMMING(5, 1) {
        @Override
        double weight(double x) {
            double d = Math.abs(x);
            if (d == 0) {
                return 1;
            }
            return d >= 1 ? 0 : Math.sin(d * Math.PI) / (d * Math.PI) * (0.54 + 0.46 * Math.cos(d * Math.PI));
        }
    };

    private final int code;
    private final double support;

    Resampling(int code, double support) {
        this.code = code;
        this.support = support;
    }

    /** Returns the radius of the filter. */
    double support() {
        return support;
    }

    /** Returns the weight at a distance from the centre of the output pixel. */
    abstract double weight(double x);

    /** Returns Pillow's number of the filter, as used in configuration files. */
    public int code() {
        return code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
