package dev.clap4j.training.probe;

import dev.clap4j.internal.blas.Products;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.optimizer.Lbfgs;
import java.nio.DoubleBuffer;

/**
 * The objective of logistic regression in double precision, with its gradient in closed form. The parameters are the
 * weights {@code [dim, classes]}, then the bias {@code [classes]}.
 */
final class RegressionObjective {
    private final int dim;
    private final int classes;
    private final int[] labels;
    /** The features with a column of ones for the bias, {@code [n, dim + 1]}. */
    private final DoubleBuffer rows;

    private final DoubleBuffer point;
    private final DoubleBuffer slope;
    /** The logits, then what the probabilities exceed the one-hot labels by, {@code [n, classes]}. */
    private final DoubleBuffer scores;

    /**
     * Creates the objective of some rows.
     *
     * @param unit the features of all rows, {@code [.., dim]}
     * @param allLabels the labels of all rows
     * @param chosen the indices of the rows to use
     */
    RegressionObjective(float[] unit, int dim, int[] allLabels, int classes, int[] chosen) {
        this.dim = dim;
        this.classes = classes;
        this.labels = new int[chosen.length];
        this.rows = matrix(chosen.length, dim + 1);
        this.point = matrix(dim + 1, classes);
        this.slope = matrix(dim + 1, classes);
        this.scores = matrix(chosen.length, classes);
        for (int i = 0; i < chosen.length; i++) {
            labels[i] = allLabels[chosen[i]];
            for (int j = 0; j < dim; j++) {
                rows.put(i * (dim + 1) + j, unit[chosen[i] * dim + j]);
            }
            rows.put(i * (dim + 1) + dim, 1);
        }
    }

    private static DoubleBuffer matrix(long height, long width) {
        return TensorData.allocate(height * width * DataType.F64.bytes()).asDoubleBuffer();
    }

    /** Returns the number of parameters. */
    int size() {
        return (dim + 1) * classes;
    }

    /** Returns the function for a regularisation strength λ. */
    Lbfgs.Objective with(double l2) {
        return (parameters, gradient) -> evaluate(parameters, gradient, l2);
    }

    private double evaluate(double[] parameters, double[] gradient, double l2) {
        point.put(0, parameters);
        Products.ofDoubles(false, rows, point, scores, labels.length, dim + 1, classes);
        double loss = 0;
        double[] line = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            scores.get(i * classes, line);
            loss += softmaxLess(labels[i], line);
            scores.put(i * classes, line);
        }
        Products.ofDoubles(true, rows, scores, slope, dim + 1, labels.length, classes);
        slope.get(0, gradient);
        double squares = 0;
        for (int i = 0; i < dim * classes; i++) {
            squares += parameters[i] * parameters[i];
            gradient[i] += l2 * parameters[i];
        }
        return loss + l2 / 2 * squares;
    }

    /** Replaces logits by the probabilities minus the one-hot label, and returns the cross-entropy. */
    private static double softmaxLess(int label, double[] line) {
        double largest = line[0];
        for (double score : line) {
            largest = Math.max(largest, score);
        }
        double right = line[label] - largest;
        double sum = 0;
        for (int c = 0; c < line.length; c++) {
            line[c] = Math.exp(line[c] - largest);
            sum += line[c];
        }
        for (int c = 0; c < line.length; c++) {
            line[c] /= sum;
        }
        line[label] -= 1;
        return Math.log(sum) - right;
    }
}
