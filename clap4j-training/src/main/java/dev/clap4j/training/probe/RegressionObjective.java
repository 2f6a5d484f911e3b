package dev.clap4j.training.probe;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.optimizer.Lbfgs;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.nio.DoubleBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The objective of logistic regression in double precision, with its gradient in closed form. The parameters are the
 * weights {@code [dim, classes]}, then the bias {@code [classes]}. Owns native memory until closed.
 */
final class RegressionObjective implements AutoCloseable {
    private final int dim;
    private final int classes;
    /** The features with a column of ones for the bias, {@code [n, dim + 1]}. */
    private final Tensor rows;

    /** The one-hot labels, {@code [n, classes]}. */
    private final Tensor labels;

    private final TensorData point;
    private final TensorData slope;

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
        this.point = matrix(dim + 1, classes);
        this.slope = matrix(dim + 1, classes);
        TensorData features = matrix(chosen.length, dim + 1);
        TensorData ones = matrix(chosen.length, classes);
        DoubleBuffer featureValues = features.bytes().asDoubleBuffer();
        DoubleBuffer oneValues = ones.bytes().asDoubleBuffer();
        for (int i = 0; i < chosen.length; i++) {
            for (int j = 0; j < dim; j++) {
                featureValues.put(unit[chosen[i] * dim + j]);
            }
            featureValues.put(1);
            oneValues.put(i * classes + allLabels[chosen[i]], 1);
        }
        this.rows = NativeScope.call(() -> Tensors.view(features).clone().retainReference());
        this.labels = NativeScope.call(() -> Tensors.view(ones).clone().retainReference());
    }

    private static TensorData matrix(long height, long width) {
        return new TensorData(
                "matrix",
                DataType.F64,
                new long[] {height, width},
                TensorData.allocate(height * width * DataType.F64.bytes()));
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
        point.bytes().asDoubleBuffer().put(parameters);
        double crossEntropy = NativeScope.callWithoutGradients(() -> {
            Tensor logProbabilities = torch.log_softmax(rows.matmul(Tensors.view(point)), 1);
            Tensor excess = logProbabilities.exp().sub(labels);
            Tensors.view(slope).copy_(rows.t().matmul(excess));
            return -logProbabilities.mul(labels).sum().item_double();
        });
        slope.bytes().asDoubleBuffer().get(gradient);
        double squares = 0;
        for (int i = 0; i < dim * classes; i++) {
            squares += parameters[i] * parameters[i];
            gradient[i] += l2 * parameters[i];
        }
        return crossEntropy + l2 / 2 * squares;
    }

    @Override
    public void close() {
        rows.releaseReference();
        labels.releaseReference();
    }
}
