package dev.clap4j.training.objective;

import dev.clap4j.internal.torch.Products;
import dev.clap4j.internal.torch.Tensors;
import java.util.function.IntUnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cosines between all rows of a batch, and the gradient of a loss that is made of them. Both live on the small matrix of the
 * rows' products alone.
 *
 * <p>With {@code s_ij = z_i · z_j / (|z_i| |z_j|)} and {@code g = dL/ds + (dL/ds)ᵀ} the derivative of the loss by a row is
 * {@code dL/dz_i = Σ_j g_ij (z_j / |z_j| - s_ij z_i / |z_i|) / |z_i|}: a sum of the rows themselves.
 *
 * <p>Matrices are worked on line by line, each in an array of its own: the compiler makes vector instructions of loops over
 * arrays that begin alike.
 */
public final class Cosines {
    /** Shorter rows than this count as this long, as {@link Cosine} has it. */
    private static final float LEAST_NORM = 1e-12f;

    private final int rows;
    private final float[] inverseNorms;
    private final float[] values;
    private final float[] gradient;

    private Cosines(float[] inverseNorms, float[] values) {
        this.rows = inverseNorms.length;
        this.inverseNorms = inverseNorms;
        this.values = values;
        this.gradient = new float[values.length];
    }

    /**
     * The cosines of rows.
     *
     * @param rows Z, {@code [rows, d]}
     */
    public static Cosines of(Tensor rows) {
        int n = (int) rows.size(0);
        float[] gram = new float[n * n];
        Tensors.memory(Products.withTransposed(rows, rows)).get(gram);
        float[] inverseNorms = new float[n];
        for (int i = 0; i < n; i++) {
            inverseNorms[i] = 1 / Math.max((float) Math.sqrt(gram[i * n + i]), LEAST_NORM);
        }
        float[] line = new float[n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(gram, i * n, line, 0, n);
            scale(line, inverseNorms, inverseNorms[i]);
            System.arraycopy(line, 0, gram, i * n, n);
        }
        return new Cosines(inverseNorms, gram);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /**
     * The mean cross-entropy of rows against columns: that of the softmax over a row's cosines against its partner,
     * {@code -log p_partner}. Its derivative by a cosine, {@code (p_j - [j = partner]) / τ}, is added to the gradient. A row
     * is never compared with itself.
     *
     * @param row the first of the rows
     * @param column the first of the columns
     * @param size how many there are of both
     * @param partner from a row to its column, both counted from the first
     * @param temperature τ, by which cosines are divided
     * @param weight of this loss in the whole, for the gradient only
     */
    double crossEntropy(int row, int column, int size, IntUnaryOperator partner, double temperature, double weight) {
        float[] exponentials = new float[size * size];
        float[] line = new float[size];
        double loss = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(values, (row + i) * rows + column, line, 0, size);
            int self = row + i - column;
            if (self >= 0 && self < size) {
                line[self] = Float.NEGATIVE_INFINITY;
            }
            // The softmax is that of differences to the largest, so that no exponential overflows.
            shift(line, largest(line), (float) (1 / temperature));
            loss -= line[partner.applyAsInt(i)];
            System.arraycopy(line, 0, exponentials, i * size, size);
        }
        Exponentials.replace(exponentials);
        double slope = weight / (size * temperature);
        float[] slopes = new float[size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(exponentials, i * size, line, 0, size);
            double sum = sum(line);
            loss += Math.log(sum);
            int start = (row + i) * rows + column;
            System.arraycopy(gradient, start, slopes, 0, size);
            addScaled(slopes, line, (float) (slope / sum));
            slopes[partner.applyAsInt(i)] -= (float) slope;
            System.arraycopy(slopes, 0, gradient, start, size);
        }
        return loss / size;
    }

    /** dL/dZ of the rows Z that the cosines are of, {@code [rows, d]}. */
    public Tensor gradient(Tensor z) {
        Tensor matrix = torch.empty(rows, rows);
        Tensors.memory(matrix).put(rowGradient());
        return Products.of(matrix, z);
    }

    /** The matrix A of {@code dL/dZ = A Z}, {@code [rows, rows]} and symmetric, for the rows Z. */
    private float[] rowGradient() {
        float[] matrix = new float[values.length];
        transpose(gradient, matrix, rows);
        float[] line = new float[rows];
        float[] other = new float[rows];
        for (int i = 0; i < rows; i++) {
            int start = i * rows;
            System.arraycopy(matrix, start, line, 0, rows);
            System.arraycopy(gradient, start, other, 0, rows);
            addScaled(line, other, 1);
            System.arraycopy(values, start, other, 0, rows);
            double along = dot(line, other);
            scale(line, inverseNorms, inverseNorms[i]);
            // A row that counts as longer than it is has no direction to keep to.
            line[i] -= inverseNorms[i] < 1 / LEAST_NORM ? (float) (along * inverseNorms[i] * inverseNorms[i]) : 0;
            System.arraycopy(line, 0, matrix, start, rows);
        }
        return matrix;
    }

    /** {@code to = fromᵀ} of square matrices, tile by tile, so that a tile stays in the processor's nearest cache. */
    private static void transpose(float[] from, float[] to, int size) {
        int tile = 16;
        for (int top = 0; top < size; top += tile) {
            int bottom = Math.min(size, top + tile);
            for (int left = 0; left < size; left += tile) {
                int right = Math.min(size, left + tile);
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++) {
                        to[i * size + j] = from[j * size + i];
                    }
                }
            }
        }
    }

    private static void scale(float[] line, float[] factors, float factor) {
        for (int j = 0; j < line.length; j++) {
            line[j] *= factors[j] * factor;
        }
    }

    private static void shift(float[] line, float origin, float unit) {
        for (int j = 0; j < line.length; j++) {
            line[j] = (line[j] - origin) * unit;
        }
    }

    private static void addScaled(float[] line, float[] other, float factor) {
        for (int j = 0; j < line.length; j++) {
            line[j] += factor * other[j];
        }
    }

    private static float largest(float[] line) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : line) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static double sum(float[] line) {
        double sum = 0;
        for (float value : line) {
            sum += value;
        }
        return sum;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int j = 0; j < one.length; j++) {
            sum += (double) one[j] * other[j];
        }
        return sum;
    }
}
