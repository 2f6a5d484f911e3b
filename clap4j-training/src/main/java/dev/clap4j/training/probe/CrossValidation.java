package dev.clap4j.training.probe;

import dev.clap4j.internal.classify.ZeroShotClassifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Chooses logistic regression's regularisation strength λ by cross-validation on the labelled rows: the λ with the
 * highest accuracy on held-out rows wins, and among equals the one with the lowest cross-entropy.
 */
final class CrossValidation {
    /** The fold of a class's only row, which is never held out. */
    private static final int NEVER = -1;

    private final float[] unit;
    private final int dim;
    private final int[] labels;
    private final int classes;
    private final RegressionOptions options;

    CrossValidation(float[] unit, int dim, int[] labels, int classes, RegressionOptions options) {
        this.unit = unit;
        this.dim = dim;
        this.labels = labels;
        this.classes = classes;
        this.options = options;
    }

    /** The result on held-out rows. */
    private record Score(int right, double loss) {
        static final Comparator<Score> BETTER =
                Comparator.comparingInt(Score::right).thenComparing(Score::loss, Comparator.reverseOrder());

        Score plus(Score other) {
            return new Score(right + other.right, loss + other.loss);
        }
    }

    double choose(RandomGenerator random) {
        if (options.l2().size() == 1) {
            return options.l2().get(0);
        }
        int count = folds();
        if (count < 2) {
            return options.defaultL2();
        }
        int[] folds = assign(count, random);
        Map<Double, Score> scores = new TreeMap<>(Comparator.reverseOrder());
        score(options.l2(), folds, count, scores);
        double best = best(scores);
        score(List.of(best * Math.sqrt(10), best / Math.sqrt(10)), folds, count, scores);
        return best(scores);
    }

    /** Returns the number of folds: the number of rows in the largest class, up to the limit. */
    private int folds() {
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        return Math.min(options.folds(), IntStream.of(sizes).max().orElse(0));
    }

    /** Assigns a fold to each row: the shuffled rows of each class are dealt round the folds, from a random one on. */
    private int[] assign(int count, RandomGenerator random) {
        int[] folds = new int[labels.length];
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .toArray();
            int first = random.nextInt(count);
            for (int i = 0; i < rows.length; i++) {
                int other = random.nextInt(i, rows.length);
                int row = rows[other];
                rows[other] = rows[i];
                folds[row] = rows.length == 1 ? NEVER : (first + i) % count;
            }
        }
        return folds;
    }

    /** Returns the best λ; among equals the largest. */
    private static double best(Map<Double, Score> scores) {
        double best = Double.NaN;
        for (double l2 : scores.keySet()) {
            best = Double.isNaN(best) || Score.BETTER.compare(scores.get(l2), scores.get(best)) > 0 ? l2 : best;
        }
        return best;
    }

    /** Adds the scores of values of λ, in descending order; each minimisation starts from the previous minimum. */
    private void score(List<Double> descending, int[] folds, int count, Map<Double, Score> scores) {
        for (int f = 0; f < count; f++) {
            int fold = f;
            int[] kept = IntStream.range(0, folds.length)
                    .filter(i -> folds[i] != fold)
                    .toArray();
            int[] held = IntStream.range(0, folds.length)
                    .filter(i -> folds[i] == fold)
                    .toArray();
            RegressionObjective objective = new RegressionObjective(unit, dim, labels, classes, kept);
            double[] point = new double[objective.size()];
            for (double l2 : descending) {
                point = LogisticRegression.minimise(objective, l2, point, options)
                        .point();
                scores.merge(l2, score(SoftmaxLayer.ofParameters(dim, classes, point), held), Score::plus);
            }
        }
    }

    private Score score(SoftmaxLayer layer, int[] held) {
        int right = 0;
        double loss = 0;
        for (int row : held) {
            float[] scores = layer.scoresOf(unit, row);
            right += ZeroShotClassifier.argMax(scores) == labels[row] ? 1 : 0;
            loss += SoftmaxLayer.crossEntropy(scores, labels[row]);
        }
        return new Score(right, loss);
    }
}
