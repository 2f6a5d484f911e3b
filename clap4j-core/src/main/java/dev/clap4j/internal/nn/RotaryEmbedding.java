package dev.clap4j.internal.nn;

import dev.clap4j.internal.io.TensorData;
import java.util.function.UnaryOperator;

/**
 * Rotary position embedding of image patches: pairs of elements of queries and keys are turned by angles that grow with
 * the patch's row and column, half of each head by either (Heo et al. 2024; Sun et al. 2023, EVA-02).
 *
 * @param grid patches along a side
 * @param reference patches along a side at which positions are whole numbers
 * @param offset position of the first row and column, before the grid is scaled to the reference
 * @param columnsFirst whether the first half of a head turns by the column, not by the row
 */
public record RotaryEmbedding(int grid, int reference, int offset, boolean columnsFirst) {
    /** No embedding. */
    public static final RotaryEmbedding NONE = new RotaryEmbedding(0, 0, 0, false);

    private static final double BASE = 10_000;

    /** Returns the rotation that changes nothing. */
    static <T> UnaryOperator<T> none() {
        return x -> x;
    }

    /**
     * Returns the rotation of queries or keys {@code [b, n, width]}.
     *
     * @param before the number of tokens before those of the patches; they are not turned
     * @param headWidth width of a head, a multiple of 4
     */
    <T> UnaryOperator<T> rotation(TensorOps<T> ops, int before, int width, int headWidth) {
        if (grid == 0) {
            return none();
        }
        int tokens = before + grid * grid;
        float[] cosines = new float[tokens * width];
        float[] sines = new float[tokens * width];
        int[] partners = new int[width];
        for (int i = 0; i < width; i++) {
            partners[i] = i ^ 1;
            for (int token = 0; token < tokens; token++) {
                double angle = token < before ? 0 : angle(token - before, i % headWidth / 2, headWidth / 4);
                cosines[token * width + i] = (float) Math.cos(angle);
                sines[token * width + i] = (float) (i % 2 == 0 ? -Math.sin(angle) : Math.sin(angle));
            }
        }
        T cosine = ops.constant(TensorData.of("cosines", cosines, tokens, width));
        T sine = ops.constant(TensorData.of("sines", sines, tokens, width));
        return x -> ops.add(ops.multiply(x, cosine), ops.multiply(ops.gatherLast(x, partners), sine));
    }

    private double angle(int patch, int pair, int bands) {
        boolean column = pair < bands == columnsFirst;
        double position = (double) ((column ? patch % grid : patch / grid) + offset) * reference / grid;
        return position / Math.pow(BASE, (double) (pair % bands) / bands);
    }
}
