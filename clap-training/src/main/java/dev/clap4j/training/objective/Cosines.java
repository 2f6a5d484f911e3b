package dev.clap4j.training.objective;

import dev.clap4j.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The cosines between all rows of a batch, and the gradient of a loss that is made of them. Both live on the small matrix of the
 * rows' products alone.
 *
 * <p>With {@code s_ij = z_i · z_j / (|z_i| |z_j|)} and {@code g = dL/ds + (dL/ds)ᵀ} the derivative of the loss by a row is
 * {@code dL/dz_i = Σ_j g_ij (z_j / |z_j| - s_ij z_i / |z_i|) / |z_i|}: a sum of the rows themselves.
 */
public final class Cosines {
    /** Shorter rows than this count as this long, as {@link Cosine} has it. */
    private static final double LEAST_NORM = 1e-12;

    private final int rows;
    private final double[] norms;
    private final float[] values;
    private final float[] gradient;

    private Cosines(int rows, double[] norms, float[] values) {
        this.rows = rows;
        this.norms = norms;
        this.values = values;
        this.gradient = new float[values.length];
    }

    /**
     * The cosines of rows.
     *
     * @param gram their products {@code z_i · z_j}, {@code [rows, rows]}; becomes this object's
     */
    private static Cosines ofGram(float[] gram, int rows) {
        double[] norms = new double[rows];
        for (int i = 0; i < rows; i++) {
            norms[i] = Math.max(Math.sqrt(gram[i * rows + i]), LEAST_NORM);
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                gram[i * rows + j] = (float) (gram[i * rows + j] / (norms[i] * norms[j]));
            }
        }
        return new Cosines(rows, norms, gram);
    }

    /**
     * The cosines of rows.
     *
     * @param rows Z, {@code [rows, d]}
     */
    public static Cosines of(Tensor rows) {
        int n = (int) rows.size(0);
        float[] gram = new float[n * n];
        Tensors.memory(rows.mm(rows.t())).get(gram);
        return ofGram(gram, n);
    }

    /** dL/dZ of the rows Z that the cosines are of, {@code [rows, d]}. */
    public Tensor gradient(Tensor z) {
        return torch.tensor(rowGradient()).view(rows, rows).mm(z);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /**
     * The cross-entropy of the softmax over a row's cosines against the right column, {@code -log p_right}; its derivative by a
     * cosine, {@code (p_j - [j = right]) / τ}, is added to the gradient. A row is never compared with itself.
     *
     * @param from the first column that takes part
     * @param to the first behind them
     * @param temperature τ, by which cosines are divided
     * @param weight of the row in the loss, for the gradient only
     */
    double crossEntropy(int row, int from, int to, int right, double temperature, double weight) {
        int start = row * rows;
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = from; j < to; j++) {
            largest = j == row ? largest : Math.max(largest, values[start + j]);
        }
        // The softmax is that of differences to the largest, so that no exponential overflows.
        double[] exponentials = new double[to - from];
        double sum = 0;
        for (int j = from; j < to; j++) {
            double exponential = j == row ? 0 : Math.exp((values[start + j] - largest) / temperature);
            exponentials[j - from] = exponential;
            sum += exponential;
        }
        double scale = weight / temperature;
        for (int j = from; j < to; j++) {
            gradient[start + j] += (float) (scale * exponentials[j - from] / sum);
        }
        gradient[start + right] -= (float) scale;
        return Math.log(sum) - (values[start + right] - largest) / temperature;
    }

    /** The matrix A of {@code dL/dZ = A Z}, {@code [rows, rows]} and symmetric, for the rows Z. */
    private float[] rowGradient() {
        float[] matrix = new float[values.length];
        for (int i = 0; i < rows; i++) {
            double along = 0;
            for (int j = 0; j < rows; j++) {
                double both = (double) gradient[i * rows + j] + gradient[j * rows + i];
                along += both * values[i * rows + j];
                matrix[i * rows + j] = (float) (both / (norms[i] * norms[j]));
            }
            // A row that counts as longer than it is has no direction to keep to.
            matrix[i * rows + i] -= norms[i] > LEAST_NORM ? (float) (along / (norms[i] * norms[i])) : 0;
        }
        return matrix;
    }
}
