package dev.clap4j.internal.optimizer;

import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;

/**
 * The running means of a parameter's gradients and of their squares, on the Java heap. A step copies a block of all
 * four arrays to buffers that are all indexed from zero, so that the JIT compiler can vectorise the loop; a block fits
 * the L1 cache.
 */
final class Moments {
    private static final int BLOCK = 2048;

    private final FloatBuffer parameter;
    private final float[] means;
    private final float[] squares;
    private final float[] values = new float[BLOCK];
    private final float[] slopes = new float[BLOCK];
    private final float[] mean = new float[BLOCK];
    private final float[] square = new float[BLOCK];

    /**
     * Creates moments of zero.
     *
     * @param parameter the memory of the parameter
     */
    Moments(FloatBuffer parameter) {
        this.parameter = parameter;
        this.means = new float[parameter.capacity()];
        this.squares = new float[parameter.capacity()];
    }

    /** Updates a part of the parameter and its moments. */
    void update(AdamStep step, int first, FloatBuffer gradient) {
        int end = first + gradient.remaining();
        for (int start = first; start < end; start += BLOCK) {
            int length = Math.min(BLOCK, end - start);
            parameter.get(start, values, 0, length);
            gradient.get(slopes, 0, length);
            System.arraycopy(means, start, mean, 0, length);
            System.arraycopy(squares, start, square, 0, length);
            step.apply(values, slopes, mean, square, length);
            parameter.put(start, values, 0, length);
            System.arraycopy(mean, 0, means, start, length);
            System.arraycopy(square, 0, squares, start, length);
        }
    }

    /** Returns a copy of the means. */
    TensorData means(String name, long... shape) {
        return TensorData.of(name, means, shape);
    }

    /** Returns a copy of the means of squares. */
    TensorData squares(String name, long... shape) {
        return TensorData.of(name, squares, shape);
    }

    /** Restores both from copies. */
    void restore(TensorData newMeans, TensorData newSquares) {
        System.arraycopy(newMeans.toFloats(), 0, means, 0, means.length);
        System.arraycopy(newSquares.toFloats(), 0, squares, 0, squares.length);
    }
}
