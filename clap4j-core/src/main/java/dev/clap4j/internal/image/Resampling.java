package dev.clap4j.internal.image;

import java.util.Locale;

/** How new pixels are made of old ones. Each filter is a function of the distance in output pixels. */
public enum Resampling {
    /** The pixel that the new one's centre falls into. */
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
    /** A triangle. */
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
    /** The mean of the pixels that the new one covers. */
    BOX(4, 0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    /** A sinc in a Hamming window; sharper than bilinear at the same cost. */
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

    /** How far the filter reaches to either side. */
    double support() {
        return support;
    }

    /** The weight of an old pixel at a distance from the new pixel's centre. */
    abstract double weight(double x);

    /** Pillow's number for it, which is what configuration files hold. */
    public int code() {
        return code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
