package dev.clap4j.internal.blas;

import dev.clap4j.internal.nn.Activation;
import java.util.Arrays;

/**
 * Activation functions and their derivatives. Each is the product {@code x g(x)} of its input and a gate, so its
 * derivative is {@code g(x) + x g'(x)}.
 */
public final class Activations {
    // The constants of formula 7.1.26 of Abramowitz and Stegun, an approximation of the error function.
    private static final double P = 0.3275911;
    private static final float A1 = (float) 0.254829592;
    private static final float A2 = (float) -0.284496736;
    private static final float A3 = (float) 1.421413741;
    private static final float A4 = (float) -1.453152027;
    private static final float A5 = (float) 1.061405429;

    private Activations() {}

    /**
     * Applies an activation.
     *
     * @param x the input
     * @param y receives the output, of the same shape
     */
    public static void apply(Activation activation, Matrix x, Matrix y) {
        RowBlocks.run(x.rows(), (from, to) -> {
            float[] line = new float[x.columns()];
            float[] gate = new float[x.columns()];
            float[] slope = new float[x.columns()];
            for (int row = from; row < to; row++) {
                x.get(row, line);
                gate(activation, line, gate, slope);
                for (int j = 0; j < line.length; j++) {
                    line[j] *= gate[j];
                }
                y.put(row, line);
            }
        });
    }

    /**
     * Replaces the gradient with respect to an activation's output by that with respect to its input,
     * {@code dL/dx = dL/dy · y'(x)}.
     *
     * @param x the input
     * @param gradient dL/dy, of the same shape; receives dL/dx
     */
    public static void differentiate(Activation activation, Matrix x, Matrix gradient) {
        RowBlocks.run(x.rows(), (from, to) -> {
            float[] line = new float[x.columns()];
            float[] gate = new float[x.columns()];
            float[] slope = new float[x.columns()];
            float[] back = new float[x.columns()];
            for (int row = from; row < to; row++) {
                x.get(row, line);
                gate(activation, line, gate, slope);
                gradient.get(row, back);
                for (int j = 0; j < line.length; j++) {
                    back[j] *= gate[j] + line[j] * slope[j];
                }
                gradient.put(row, back);
            }
        });
    }

    /** Computes the gate and its derivative. */
    private static void gate(Activation activation, float[] x, float[] gate, float[] slope) {
        switch (activation) {
            case SILU -> sigmoid(x, 1, 0, gate, slope);
            case QUICK_GELU -> sigmoid(x, 1.702f, 0, gate, slope);
            case GELU_TANH -> sigmoid(x, (float) Math.sqrt(8 / Math.PI), 0.044715f, gate, slope);
            case GELU -> normal(x, gate, slope);
            case RELU -> step(x, 0, gate, slope);
            case LEAKY_RELU -> step(x, 0.01f, gate, slope);
        }
    }

    /** The gate {@code σ(factor (x + cubic x³))}. */
    private static void sigmoid(float[] x, float factor, float cubic, float[] gate, float[] slope) {
        for (int j = 0; j < x.length; j++) {
            gate[j] = -factor * (x[j] + cubic * x[j] * x[j] * x[j]);
        }
        Exponentials.replace(gate);
        for (int j = 0; j < x.length; j++) {
            gate[j] = 1 / (1 + gate[j]);
            slope[j] = gate[j] * (1 - gate[j]) * factor * (1 + 3 * cubic * x[j] * x[j]);
        }
    }

    /**
     * The gate Φ(x), whose derivative is the normal density; to 1e-7.
     */
    private static void normal(float[] x, float[] gate, float[] slope) {
        float slant = (float) (P * Math.sqrt(0.5));
        float density = (float) (1 / Math.sqrt(2 * Math.PI));
        for (int j = 0; j < x.length; j++) {
            slope[j] = -0.5f * x[j] * x[j];
        }
        Exponentials.replace(slope);
        for (int j = 0; j < x.length; j++) {
            float t = 1 / (1 + slant * Math.abs(x[j]));
            float sum = t * (A1 + t * (A2 + t * (A3 + t * (A4 + t * A5))));
            float tail = 0.5f * sum * slope[j];
            gate[j] = x[j] > 0 ? 1 - tail : tail;
            slope[j] *= density;
        }
    }

    /** The gate that is 1 for positive values, else {@code below}. */
    private static void step(float[] x, float below, float[] gate, float[] slope) {
        for (int j = 0; j < x.length; j++) {
            gate[j] = x[j] > 0 ? 1 : below;
        }
        Arrays.fill(slope, 0);
    }
}
