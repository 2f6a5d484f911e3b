package dev.clap4j.training.probe;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A linear layer with softmax, its gradient in closed form and Adam's moments. For a layer this small a library's
 * overhead for each call far exceeds the arithmetic, so the loops are written out; the inner ones run over adjacent
 * classes, so that the JIT compiler can vectorise them.
 */
final class SoftmaxLayer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final int dim;
    private final int classes;
    /** The weights {@code [dim, classes]}, then the bias {@code [classes]}. */
    private final float[] parameters;

    private final float[] gradient;
    private final float[] means;
    private final float[] squares;
    private final float[] scores;
    private int steps;

    private SoftmaxLayer(int dim, int classes, float[] parameters) {
        this.dim = dim;
        this.classes = classes;
        this.parameters = parameters;
        this.gradient = new float[parameters.length];
        this.means = new float[parameters.length];
        this.squares = new float[parameters.length];
        this.scores = new float[classes];
    }

    /** Creates a layer initialised like PyTorch's: weights and bias uniform within ±1/√dim. */
    static SoftmaxLayer draw(int dim, int classes, RandomGenerator random) {
        float[] parameters = new float[(dim + 1) * classes];
        double bound = 1 / Math.sqrt(dim);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return new SoftmaxLayer(dim, classes, parameters);
    }

    /** Creates a layer with weights {@code [classes, dim]} and bias {@code [classes]}. */
    static SoftmaxLayer of(float[] weight, float[] bias) {
        int classes = bias.length;
        int dim = weight.length / classes;
        float[] parameters = new float[(dim + 1) * classes];
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < dim; j++) {
                parameters[j * classes + c] = weight[c * dim + j];
            }
            parameters[dim * classes + c] = bias[c];
        }
        return new SoftmaxLayer(dim, classes, parameters);
    }

    /** Creates a layer from its weights {@code [dim, classes]}, followed by its bias {@code [classes]}. */
    static SoftmaxLayer ofParameters(int dim, int classes, double[] values) {
        float[] parameters = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            parameters[i] = (float) values[i];
        }
        return new SoftmaxLayer(dim, classes, parameters);
    }

    /**
     * Makes one Adam step on the mean cross-entropy of some rows.
     *
     * @param features {@code [n, dim]}
     * @param labels {@code [n]}
     * @param order row indices, of which those at positions {@code from} (inclusive) to {@code to} (exclusive) form the
     *     batch
     * @return the loss before the step
     */
    double step(float[] features, int[] labels, int[] order, int from, int to, double learningRate) {
        Arrays.fill(gradient, 0);
        double loss = 0;
        float share = 1f / (to - from);
        for (int i = from; i < to; i++) {
            int row = order[i];
            addScores(features, row * dim, scores);
            loss += softmaxLess(labels[row]);
            for (int c = 0; c < classes; c++) {
                scores[c] *= share;
            }
            for (int j = 0; j < dim; j++) {
                addScaled(features[row * dim + j], j * classes);
            }
            addScaled(1, dim * classes);
        }
        adam(learningRate);
        return loss / (to - from);
    }

    /** Fills {@code result} with the logits of the row that starts at {@code start}. */
    private void addScores(float[] features, int start, float[] result) {
        System.arraycopy(parameters, dim * classes, result, 0, classes);
        for (int j = 0; j < dim; j++) {
            float x = features[start + j];
            int column = j * classes;
            for (int c = 0; c < classes; c++) {
                result[c] += x * parameters[column + c];
            }
        }
    }

    /**
     * Replaces the logits by the gradient of the loss, that is the probabilities minus the one-hot label, and returns
     * the loss.
     */
    private double softmaxLess(int label) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double right = (double) scores[label] - max;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double weight = Math.exp((double) scores[c] - max);
            scores[c] = (float) weight;
            sum += weight;
        }
        float scale = (float) (1 / sum);
        for (int c = 0; c < classes; c++) {
            scores[c] *= scale;
        }
        scores[label] -= 1;
        return Math.log(sum) - right;
    }

    private void addScaled(float x, int column) {
        for (int c = 0; c < classes; c++) {
            gradient[column + c] += x * scores[c];
        }
    }

    private void adam(double learningRate) {
        steps++;
        float rate = (float) (learningRate / (1 - Math.pow(BETA1, steps)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, steps)));
        float keepMean = (float) BETA1;
        float newMean = (float) (1 - BETA1);
        float keepSquare = (float) BETA2;
        float newSquare = (float) (1 - BETA2);
        float epsilon = (float) EPSILON;
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float mean = keepMean * means[i] + newMean * g;
            float square = keepSquare * squares[i] + newSquare * g * g;
            means[i] = mean;
            squares[i] = square;
            parameters[i] -= rate * mean / ((float) Math.sqrt(square) * correction + epsilon);
        }
    }

    /** Returns a layer with the same parameters and fresh moments. */
    SoftmaxLayer copy() {
        return new SoftmaxLayer(dim, classes, parameters.clone());
    }

    int dim() {
        return dim;
    }

    int classes() {
        return classes;
    }

    /** Returns the logits of rows, {@code [n][classes]}. */
    float[][] scores(float[] features) {
        float[][] all = new float[features.length / dim][classes];
        for (int i = 0; i < all.length; i++) {
            addScores(features, i * dim, all[i]);
        }
        return all;
    }

    /** Returns the logits {@code [classes]} of one row of features {@code [n, dim]}. */
    float[] scoresOf(float[] features, int row) {
        float[] result = new float[classes];
        addScores(features, row * dim, result);
        return result;
    }

    /** Returns the cross-entropy of a row's logits for its label. */
    static double crossEntropy(float[] scores, int label) {
        double max = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - max);
        }
        return Math.log(sum) + max - scores[label];
    }

    /** Returns the weights, {@code [classes, dim]}. */
    float[] weight() {
        float[] weight = new float[classes * dim];
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < dim; j++) {
                weight[c * dim + j] = parameters[j * classes + c];
            }
        }
        return weight;
    }

    /** Returns the bias, {@code [classes]}. */
    float[] bias() {
        return Arrays.copyOfRange(parameters, dim * classes, parameters.length);
    }
}
