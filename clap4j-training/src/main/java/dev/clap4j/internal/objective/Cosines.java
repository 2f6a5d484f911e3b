package dev.clap4j.internal.objective;

import dev.clap4j.internal.torch.Products;
import dev.clap4j.internal.torch.Tensors;
import java.util.function.IntUnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cosines between all rows of a batch, and the gradient of a loss with respect to them. Works only on the small
 * Gram matrix of the rows.
 *
 * <p>With {@code s_ij = z_i · z_j / (|z_i| |z_j|)} and {@code g = dL/ds + (dL/ds)ᵀ}, the gradient of the loss with
 * respect to a row is {@code dL/dz_i = Σ_j g_ij (z_j / |z_j| - s_ij z_i / |z_i|) / |z_i|}: a linear combination of the
 * rows themselves.
 *
 * <p>Matrices are processed row by row, each in its own array, so that the JIT compiler can vectorise the loops.
 */
public final class Cosines {
    /** The least norm by which rows are divided, as in {@link Cosine}. */
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
     * Computes the cosines of rows.
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

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /**
     * Returns the mean cross-entropy of the softmax over each row's cosines, {@code -log p_partner}, and adds its
     * derivative with respect to a cosine, {@code (p_j - [j = partner]) / τ}, to the gradient. A row is never compared
     * with itself.
     *
     * @param row the first row
     * @param column the first column
     * @param size the number of rows and of columns
     * @param partner maps a row to its column, both counted from the first
     * @param temperature τ, by which cosines are divided
     * @param weight the weight of this loss in the total; scales only the gradient
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
            // Subtract the maximum so that no exponential overflows.
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

    /** Returns dL/dZ for the rows Z of these cosines, {@code [rows, d]}. */
    public Tensor gradient(Tensor z) {
        Tensor matrix = torch.empty(rows, rows);
        Tensors.memory(matrix).put(rowGradient());
        return Products.of(matrix, z);
    }

    /** Returns the matrix A of {@code dL/dZ = A Z}, {@code [rows, rows]} and symmetric, for the rows Z. */
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
            // Rows shorter than the least norm are divided by a constant, so this term of the derivative vanishes.
            line[i] -= inverseNorms[i] < 1 / LEAST_NORM ? (float) (along * inverseNorms[i] * inverseNorms[i]) : 0;
            System.arraycopy(line, 0, matrix, start, rows);
        }
        return matrix;
    }

    /** Computes {@code to = fromᵀ} of square matrices, in tiles that fit the L1 cache. */
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
