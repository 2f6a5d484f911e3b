package dev.clap4j.internal.image;

/**
 * The source pixels and weights of a run of output pixels along one axis.
 *
 * <p>When shrinking, the filter is stretched so that every source pixel contributes. The weights of an output pixel add
 * up to one; in fixed point they have {@value #PRECISION} fractional bits.
 */
final class ResampleTable {
    static final int PRECISION = 32 - 8 - 2;

    /** The first source pixel of each output pixel. */
    final int[] first;

    /** The number of source pixels of each output pixel. */
    final int[] count;

    /** Fixed-point weights, {@link #stride} for each output pixel. */
    final int[] fixed;

    /** The same weights before rounding. */
    final double[] exact;

    final int stride;

    /**
     * Computes the table.
     *
     * @param filter any but {@link Resampling#NEAREST}
     * @param oldSize number of source pixels
     * @param newSize number of output pixels in all
     * @param from the first output pixel requested
     * @param wanted number of output pixels requested
     */
    ResampleTable(Resampling filter, int oldSize, int newSize, int from, int wanted) {
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        stride = (int) Math.ceil(support) * 2 + 1;
        first = new int[wanted];
        count = new int[wanted];
        exact = new double[Math.multiplyExact(wanted, stride)];
        fixed = new int[exact.length];
        for (int i = 0; i < wanted; i++) {
            double centre = (from + i + 0.5) * scale;
            // Truncation, not rounding, as in Pillow; this matters at the borders.
            int low = Math.max((int) (centre - support + 0.5), 0);
            int high = Math.min((int) (centre + support + 0.5), oldSize);
            first[i] = low;
            count[i] = high - low;
            fill(filter, i * stride, low, high - low, centre, 1.0 / stretch);
        }
    }

    private void fill(Resampling filter, int at, int low, int n, double centre, double shrink) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            exact[at + k] = filter.weight((k + low - centre + 0.5) * shrink);
            sum += exact[at + k];
        }
        for (int k = 0; k < n; k++) {
            if (sum != 0) {
                exact[at + k] /= sum;
            }
            double scaled = exact[at + k] * (1 << PRECISION);
            fixed[at + k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
    }

    /** Returns the end (exclusive) of the source pixels in use. */
    int end() {
        return first[first.length - 1] + count[count.length - 1];
    }
}
