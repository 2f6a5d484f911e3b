package dev.clap4j.internal.objective;

import dev.clap4j.internal.blas.Exponentials;
import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.blas.Products;
import dev.clap4j.internal.blas.RowBlocks;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The cosines between all rows of a batch, and the gradient of a loss with respect to them. Works only on the small
 * Gram matrix of the rows.
 *
 * <p>With {@code s_ij = z_i · z_j / (|z_i| |z_j|)} and {@code g = dL/ds + (dL/ds)ᵀ}, the gradient of the loss with
 * respect to a row is {@code dL/dz_i = Σ_j g_ij (z_j / |z_j| - s_ij z_i / |z_i|) / |z_i|}: a linear combination of the
 * rows themselves.
 *
 * <p>Matrices are processed row by row, each in its own array, so that the JIT compiler can vectorise the loops. The
 * memory is reused for all batches.
 */
public final class Cosines {
    /** The least norm by which rows are divided, so that a row of zeros has cosine 0. */
    private static final float LEAST_NORM = 1e-12f;

    private final int rows;
    private final float[] inverseNorms;
    private final float[] values;
    private final float[] slopes;
    private final Matrix products;
    private final Matrix gradient;
    private Matrix measured;

    /**
     * Creates an object that has not measured any rows.
     *
     * @param rows the number of rows of a batch
     * @param width the length of a row, d
     */
    public Cosines(int rows, int width) {
        this.rows = rows;
        this.inverseNorms = new float[rows];
        this.values = new float[rows * rows];
        this.slopes = new float[rows * rows];
        this.products = Matrix.zeros(rows, rows);
        this.gradient = Matrix.zeros(rows, width);
    }

    /**
     * Computes the cosines of rows, and forgets the gradient.
     *
     * @param z Z, {@code [rows, d]}, to be kept until the gradient is computed
     */
    public void measure(Matrix z) {
        measured = z;
        Arrays.fill(slopes, 0);
        Products.withTransposed(z, z, products);
        for (int i = 0; i < rows; i++) {
            float square = products.values().get(i * rows + i);
            inverseNorms[i] = 1 / Math.max((float) Math.sqrt(square), LEAST_NORM);
        }
        RowBlocks.run(rows, (from, to) -> {
            float[] line = new float[rows];
            for (int i = from; i < to; i++) {
                products.get(i, line);
                scale(line, inverseNorms, inverseNorms[i]);
                System.arraycopy(line, 0, values, i * rows, rows);
            }
        });
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
        double[] losses = new double[size];
        double slope = weight / (size * temperature);
        RowBlocks.run(size, (from, to) -> {
            float[] line = new float[size];
            float[] sums = new float[size];
            for (int i = from; i < to; i++) {
                int start = (row + i) * rows + column;
                System.arraycopy(values, start, line, 0, size);
                int self = row + i - column;
                if (self >= 0 && self < size) {
                    line[self] = Float.NEGATIVE_INFINITY;
                }
                // Subtract the maximum so that no exponential overflows.
                shift(line, largest(line), (float) (1 / temperature));
                float right = line[partner.applyAsInt(i)];
                Exponentials.replace(line);
                double sum = sum(line);
                losses[i] = Math.log(sum) - right;
                System.arraycopy(slopes, start, sums, 0, size);
                addScaled(sums, line, (float) (slope / sum));
                sums[partner.applyAsInt(i)] -= (float) slope;
                System.arraycopy(sums, 0, slopes, start, size);
            }
        });
        return Arrays.stream(losses).sum() / size;
    }

    /** Returns dL/dZ for the rows Z that were measured, {@code [rows, d]}, until it is computed again. */
    public Matrix gradient() {
        RowBlocks.run(rows, this::rowGradient);
        Products.of(products, measured, gradient);
        return gradient;
    }

    /** Computes rows of the matrix A of {@code dL/dZ = A Z}, {@code [rows, rows]} and symmetric. */
    private void rowGradient(int from, int to) {
        float[] columns = new float[(to - from) * rows];
        transpose(slopes, columns, from, to);
        float[] line = new float[rows];
        float[] other = new float[rows];
        for (int i = from; i < to; i++) {
            System.arraycopy(columns, (i - from) * rows, line, 0, rows);
            System.arraycopy(slopes, i * rows, other, 0, rows);
            addScaled(line, other, 1);
            System.arraycopy(values, i * rows, other, 0, rows);
            double along = dot(line, other);
            scale(line, inverseNorms, inverseNorms[i]);
            // Rows shorter than the least norm are divided by a constant, so this term of the derivative vanishes.
            line[i] -= inverseNorms[i] < 1 / LEAST_NORM ? (float) (along * inverseNorms[i] * inverseNorms[i]) : 0;
            products.put(i, line);
        }
    }

    /** Copies columns {@code from} to {@code to} of a square matrix as rows, in tiles that fit the L1 cache. */
    private void transpose(float[] matrix, float[] columns, int from, int to) {
        int tile = 16;
        for (int top = from; top < to; top += tile) {
            int bottom = Math.min(to, top + tile);
            for (int left = 0; left < rows; left += tile) {
                int right = Math.min(rows, left + tile);
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++) {
                        columns[(i - from) * rows + j] = matrix[j * rows + i];
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
