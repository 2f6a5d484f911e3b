package dev.clap4j.training.probe;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.optimizer.Lbfgs;
import dev.clap4j.internal.run.Streams;
import java.util.stream.IntStream;

/**
 * Multinomial logistic regression. Runs on the caller's thread alone, so that probes can be trained in parallel and
 * results do not depend on the thread count.
 */
final class LogisticRegression {
    private LogisticRegression() {}

    static LinearProbe train(FeatureMatrix features, int[] labels, int classes, RegressionOptions options, long seed) {
        LinearProbe.check(features, labels, classes);
        float[] unit = features.normalised().values();
        int dim = features.dim();
        double l2 = new CrossValidation(unit, dim, labels, classes, options)
                .choose(new Streams(seed).get("probe folds", 0));
        int[] all = IntStream.range(0, labels.length).toArray();
        RegressionObjective objective = new RegressionObjective(unit, dim, labels, classes, all);
        Lbfgs.Minimum minimum = minimise(objective, l2, new double[objective.size()], options);
        return LinearProbe.of(SoftmaxLayer.ofParameters(dim, classes, minimum.point()), minimum.values(), l2);
    }

    /** Returns the minimum for a λ, starting from given parameters. */
    static Lbfgs.Minimum minimise(RegressionObjective objective, double l2, double[] start, RegressionOptions options) {
        Lbfgs.Objective function = objective.with(l2);
        double[] gradient = new double[start.length];
        function.evaluate(new double[start.length], gradient);
        double squares = 0;
        for (double value : gradient) {
            squares += value * value;
        }
        return Lbfgs.minimise(function, start, options.tolerance() * Math.sqrt(squares), options.maxSteps());
    }
}
