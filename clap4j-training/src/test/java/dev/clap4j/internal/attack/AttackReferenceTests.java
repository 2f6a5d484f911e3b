package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * FAB and Square on a network of one hidden layer against plain implementations of the papers' algorithms: image by image,
 * in 64-bit floats, with gradients written out by hand.
 */
class AttackReferenceTests {
    private static final int SIDE = 4;
    private static final int VALUES = 3 * SIDE * SIDE;
    private static final int HIDDEN = 8;
    private static final int CLASSES = 5;
    private static final int IMAGES = 12;

    /** Differences of 32-bit and 64-bit floats after all steps. */
    private static final double TOLERANCE = 2e-4;

    private final float[] hidden = gaussian(HIDDEN * VALUES, 1, 0.6);
    private final float[] hiddenBias = gaussian(HIDDEN, 2, 0.5);
    private final float[] output = gaussian(CLASSES * HIDDEN, 3, 1);
    private final float[] outputBias = gaussian(CLASSES, 4, 0.2);
    private final float[] pixels = uniform(IMAGES * VALUES, 5);
    private final int[] labels = IntStream.range(0, IMAGES)
            .map(i -> ranked(scores(image(pixels, i)))[0])
            .toArray();

    private static float[] gaussian(int count, long seed, double std) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (std * random.nextGaussian());
        }
        return values;
    }

    private static float[] uniform(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static double[] image(float[] images, int image) {
        return IntStream.range(image * VALUES, (image + 1) * VALUES)
                .mapToDouble(i -> images[i])
                .toArray();
    }

    /** The hidden layer. */
    private record Hidden(float[] weight, float[] bias) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            T flat = ops.reshape(inputs.get(0), 0, -1);
            T sums = ops.linear(
                    flat,
                    ops.constant(TensorData.of("weight", weight, HIDDEN, VALUES)),
                    ops.constant(TensorData.of("bias", bias, HIDDEN)));
            return ops.swish(sums, 1);
        }
    }

    /** Runs an attack from the same draws of every image as the plain one's. */
    private float[] run(Attack attack, double epsilon) {
        List<RandomGenerator> random = IntStream.range(0, IMAGES)
                .mapToObj(i -> (RandomGenerator) new SplittableRandom(i))
                .toList();
        TensorSource nothing = TensorSource.of(Map.of(), "nothing");
        try (VictimNetwork network =
                new VictimNetwork(OrtEngine.create(1), new Hidden(hidden, hiddenBias), nothing, SIDE)) {
            Scorer scorer = new Scorer(output, outputBias, false);
            float[] adversarial = pixels.clone();
            Perturbation.of(
                    attack,
                    new AttackTask(network, scorer, new Ball(pixels, epsilon), labels, random, Steps.unreported()),
                    adversarial);
            return adversarial;
        }
    }

    private double[] sums(double[] x) {
        double[] sums = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            sums[h] = hiddenBias[h];
            for (int i = 0; i < VALUES; i++) {
                sums[h] += hidden[h * VALUES + i] * x[i];
            }
        }
        return sums;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private double[] scores(double[] x) {
        double[] sums = sums(x);
        double[] scores = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            scores[c] = outputBias[c];
            for (int h = 0; h < HIDDEN; h++) {
                scores[c] += output[c * HIDDEN + h] * sums[h] * sigmoid(sums[h]);
            }
        }
        return scores;
    }

    /** The gradient of the difference of two scores. */
    private double[] gradient(double[] x, int more, int less) {
        double[] sums = sums(x);
        double[] gradient = new double[VALUES];
        for (int h = 0; h < HIDDEN; h++) {
            double s = sigmoid(sums[h]);
            double slope = (output[more * HIDDEN + h] - output[less * HIDDEN + h]) * (s + sums[h] * s * (1 - s));
            for (int i = 0; i < VALUES; i++) {
                gradient[i] += slope * hidden[h * VALUES + i];
            }
        }
        return gradient;
    }

    private static int[] ranked(double[] scores) {
        return IntStream.range(0, CLASSES)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -scores[c]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The projection of x onto the hyperplane through the points z of {@code gap + w · (z - x) = 0} in the box: values are
     * fixed at their bounds one after another, nearest first, until the others can close the rest of the gap together.
     */
    private static double[] projected(double[] x, double[] w, double gap) {
        double[] room = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            room[i] = gap * w[i] > 0 ? x[i] : 1 - x[i];
        }
        int[] order = IntStream.range(0, VALUES)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> room[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double rest = Math.abs(gap);
        double slope = Arrays.stream(w).map(Math::abs).sum();
        double length = Double.POSITIVE_INFINITY;
        for (int i : order) {
            if (rest <= slope * room[i]) {
                length = rest / slope;
                break;
            }
            rest -= Math.abs(w[i]) * room[i];
            slope -= Math.abs(w[i]);
        }
        double[] z = new double[VALUES];
        for (int i = 0; i < VALUES; i++) {
            z[i] = x[i] - Math.signum(gap * w[i]) * Math.min(length, room[i]);
        }
        return z;
    }

    private static double distance(double[] x, double[] y) {
        return IntStream.range(0, VALUES)
                .mapToDouble(i -> Math.abs(x[i] - y[i]))
                .max()
                .orElseThrow();
    }

    /** Algorithm 1 of FAB with a target, until a point beyond the boundary is within epsilon. */
    private double[] fab(double[] original, int label, int target, int steps, double epsilon) {
        double[] x = original.clone();
        for (int step = 0; step < steps; step++) {
            double[] w = gradient(x, target, label);
            double[] scores = scores(x);
            double gap = scores[target] - scores[label];
            double gapOfOriginal = gap;
            for (int i = 0; i < VALUES; i++) {
                gapOfOriginal += w[i] * (original[i] - x[i]);
            }
            double[] own = projected(x, w, gap);
            double[] ofOriginal = projected(original, w, gapOfOriginal);
            double near = distance(x, own);
            double alpha = Math.min(near / (near + distance(original, ofOriginal)), 0.1);
            double[] next = new double[VALUES];
            for (int i = 0; i < VALUES; i++) {
                double overOwn = x[i] + 1.05 * (own[i] - x[i]);
                double overOriginal = original[i] + 1.05 * (ofOriginal[i] - original[i]);
                next[i] = Math.max(0, Math.min(1, (1 - alpha) * overOwn + alpha * overOriginal));
            }
            x = next;
            if (ranked(scores(x))[0] != label) {
                if (distance(x, original) <= epsilon) {
                    return x;
                }
                for (int i = 0; i < VALUES; i++) {
                    x[i] = 0.1 * original[i] + 0.9 * x[i];
                }
            }
        }
        return null;
    }

    @Test
    void fabGoesThePublishedWay() {
        int found = 0;
        int withstood = 0;
        for (double epsilon : new double[] {0.01, 0.02, 0.04, 0.08}) {
            float[] adversarial = run(Attacks.parse("fab-t-20").get(0), epsilon);
            for (int image = 0; image < IMAGES; image++) {
                double[] original = image(pixels, image);
                int[] classes = ranked(scores(original));
                double[] expected = null;
                for (int rank = 1; rank < CLASSES && expected == null; rank++) {
                    expected = fab(original, labels[image], classes[rank], 20, epsilon);
                }
                found += expected == null ? 0 : 1;
                withstood += expected == null ? 1 : 0;
                assertThat(image(adversarial, image))
                        .as("image %s, epsilon %s", image, epsilon)
                        .containsExactly(expected == null ? original : expected, within(TOLERANCE));
            }
        }
        assertThat(found).isGreaterThan(10);
        assertThat(withstood).isGreaterThan(5);
    }

    private double margin(double[] x, int label) {
        double[] scores = scores(x);
        int[] classes = ranked(scores);
        return scores[label] - scores[classes[0] == label ? classes[1] : classes[0]];
    }

    /** The halved share of the squares, by the query, as published for 10,000 queries. */
    private static int side(int query) {
        double p = 0.8;
        for (int bound : new int[] {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000}) {
            p = query > bound ? p / 2 : p;
        }
        return Math.max(1, (int) Math.rint(Math.sqrt(p * SIDE * SIDE)));
    }

    /** Algorithms 1 and 2 of Square. */
    private double[] square(double[] original, int label, int queries, double epsilon, RandomGenerator random) {
        double[] best = new double[VALUES];
        for (int colour = 0; colour < 3; colour++) {
            for (int column = 0; column < SIDE; column++) {
                double change = random.nextBoolean() ? epsilon : -epsilon;
                for (int row = 0; row < SIDE; row++) {
                    int i = (colour * SIDE + row) * SIDE + column;
                    best[i] = Math.max(0, Math.min(1, original[i] + change));
                }
            }
        }
        double least = margin(best, label);
        for (int query = 0; query < queries && least > 0; query++) {
            int side = side(query);
            int top = random.nextInt(SIDE - side + 1);
            int left = random.nextInt(SIDE - side + 1);
            double[] tried = best.clone();
            for (int colour = 0; colour < 3; colour++) {
                double change = random.nextBoolean() ? epsilon : -epsilon;
                for (int row = top; row < top + side; row++) {
                    for (int column = left; column < left + side; column++) {
                        int i = (colour * SIDE + row) * SIDE + column;
                        double moved = tried[i] + 2 * change;
                        double inBall = Math.max(original[i] - epsilon, Math.min(original[i] + epsilon, moved));
                        tried[i] = Math.max(0, Math.min(1, inBall));
                    }
                }
            }
            double margin = margin(tried, label);
            if (margin < least) {
                least = margin;
                best = tried;
            }
        }
        return best;
    }

    @Test
    void squareGoesThePublishedWay() {
        int found = 0;
        int withstood = 0;
        for (double epsilon : new double[] {0.02, 0.04, 0.08, 0.16}) {
            float[] adversarial = run(Attacks.parse("square-700").get(0), epsilon);
            for (int image = 0; image < IMAGES; image++) {
                double[] expected =
                        square(image(pixels, image), labels[image], 700, epsilon, new SplittableRandom(image));
                found += margin(expected, labels[image]) < 0 ? 1 : 0;
                withstood += margin(expected, labels[image]) > 0 ? 1 : 0;
                assertThat(image(adversarial, image))
                        .as("image %s, epsilon %s", image, epsilon)
                        .containsExactly(expected, within(1e-6));
            }
        }
        assertThat(found).isGreaterThan(10);
        assertThat(withstood).isGreaterThan(5);
    }
}
