package dev.clap4j.training.probe;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Settings for training a probe by multinomial logistic regression, as in the linear probes of CLIP (Radford et al.
 * 2021, appendix A.3) and of later few-shot benchmarks: L-BFGS to the unique minimum of {@code Σ cross-entropy + λ/2 ·
 * |weights|²}, without regularising the bias. λ is the inverse of scikit-learn's {@code C}.
 *
 * <p>λ is chosen by cross-validation on the labelled images alone: first among the given values, then, as in those
 * benchmarks, on a finer grid around the best.
 *
 * @param l2 candidate values of λ, above 0, at least one, in descending order
 * @param folds the maximum number of folds, at least 2
 * @param defaultL2 λ if no class has a second image to validate on, above 0
 * @param tolerance the norm of the gradient at which to stop, relative to that at zero weights
 * @param maxSteps the maximum number of L-BFGS steps
 */
public record RegressionOptions(List<Double> l2, int folds, double defaultL2, double tolerance, int maxSteps)
        implements ProbeRecipe {
    /** The defaults; {@code defaultL2} and {@code maxSteps} as in those benchmarks. */
    public static final RegressionOptions USUAL =
            new RegressionOptions(List.of(100.0, 10.0, 1.0, 0.1, 0.01, 0.001, 0.0001), 5, 1, 1e-4, 1000);

    /**
     * Checks the ranges and sorts the values of λ.
     *
     * @throws ClapException if a value is out of range
     */
    public RegressionOptions {
        l2 = Objects.requireNonNull(l2, "l2").stream()
                .sorted(Comparator.reverseOrder())
                .distinct()
                .toList();
        if (l2.isEmpty() || !(l2.get(l2.size() - 1) > 0) || !(defaultL2 > 0)) {
            throw new ClapException("The strength λ of the regularisation should be above 0, but is "
                    + (l2.isEmpty() ? "missing" : l2 + " or " + defaultL2));
        }
        if (folds < 2 || maxSteps < 1) {
            throw new ClapException(
                    "Logistic regression needs 2 folds and 1 step or more, but has " + folds + " and " + maxSteps);
        }
        if (!(tolerance > 0) || tolerance >= 1) {
            throw new ClapException(
                    "The tolerance of logistic regression should be between 0 and 1, but is " + tolerance);
        }
    }

    /** Returns these options with a fixed λ, so that nothing is chosen. */
    public RegressionOptions withL2(double only) {
        return new RegressionOptions(List.of(only), folds, only, tolerance, maxSteps);
    }

    @Override
    public LinearProbe train(FeatureMatrix features, int[] labels, int classes, long seed) {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(labels, "labels");
        return LogisticRegression.train(features, labels, classes, this, seed);
    }

    @Override
    public String name() {
        return "lbfgs";
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("l2", l2.toString());
        all.put("folds", String.valueOf(folds));
        all.put("default-l2", String.valueOf(defaultL2));
        all.put("tolerance", String.valueOf(tolerance));
        all.put("max-steps", String.valueOf(maxSteps));
        return all;
    }
}
