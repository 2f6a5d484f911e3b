package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.AutoAttack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on linear classifiers, where the best that any attack can do is known: every value moves by epsilon. */
class PerturbationTests {
    private static final int SIDE = 4;
    private static final int VALUES = 3 * SIDE * SIDE;
    private static final int CLASSES = 5;
    private static final int IMAGES = 6;
    private static final double EPSILON = 0.05;

    private final float[] weights = new float[CLASSES * VALUES];
    private final float[] pixels = new float[IMAGES * VALUES];
    private final int[] labels = new int[IMAGES];

    PerturbationTests() {
        Random random = new Random(3);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
    }

    /** Hands on the pixels, times a factor, as features. */
    private record Pixels(float factor) implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> none, List<T> inputs) {
            return ops.scale(ops.reshape(inputs.get(0), 0, -1), factor);
        }
    }

    private static VictimNetwork network(float factor) {
        TensorSource nothing = TensorSource.of(Map.of(), "nothing");
        return new VictimNetwork(OrtEngine.create(1), new Pixels(factor), nothing, SIDE);
    }

    /** Scores by which the first class leads by about so much. */
    private Scorer scores(double lead, int classes) {
        float[] bias = new float[classes];
        bias[0] = (float) lead;
        return new Scorer(Arrays.copyOf(weights, classes * VALUES), bias, false);
    }

    private static Attack attack(String name) {
        return Attacks.parse(name).get(0);
    }

    private AttackTask task(VictimNetwork network, Scorer scores, double epsilon, Steps steps) {
        List<RandomGenerator> random = IntStream.range(0, IMAGES)
                .mapToObj(i -> (RandomGenerator) new SplittableRandom(i))
                .toList();
        return new AttackTask(network, scores, new Ball(pixels, epsilon), labels, random, steps);
    }

    private float[] run(Attack attack, Scorer scores, Steps steps) {
        return run(attack, scores, EPSILON, steps);
    }

    private float[] run(Attack attack, Scorer scores, double epsilon, Steps steps) {
        try (VictimNetwork network = network(1)) {
            float[] adversarial = pixels.clone();
            Perturbation.of(attack, task(network, scores, epsilon, steps), adversarial);
            return adversarial;
        }
    }

    /** Whatever they find, it is within epsilon and a picture, and not the picture itself. */
    @ParameterizedTest
    @ValueSource(strings = {"fgsm", "pgd-20", "cw-20", "apgd-ce-30", "apgd-t-30", "square-30"})
    void theyStayInTheBall(String name) {
        float[] adversarial = run(attack(name), scores(60, CLASSES), Steps.unreported());

        for (int i = 0; i < pixels.length; i++) {
            assertThat(adversarial[i]).isBetween(0f, 1f).isCloseTo(pixels[i], within((float) EPSILON + 1e-6f));
        }
        assertThat(adversarial).isNotEqualTo(pixels);
    }

    /** The first class against one other: the gradient has the same sign everywhere, so the corner of the ball is best. */
    @ParameterizedTest
    @ValueSource(strings = {"fgsm", "pgd-20", "cw-20", "apgd-ce-60", "square-3000"})
    void onTwoClassesTheyFindTheCorner(String name) {
        float[] adversarial = run(attack(name), scores(10, 2), Steps.unreported());

        for (int i = 0; i < pixels.length; i++) {
            int value = i % VALUES;
            float direction = Math.signum(weights[VALUES + value] - weights[value]);
            float corner = Math.max(0, Math.min(1, pixels[i] + direction * (float) EPSILON));
            assertThat(adversarial[i]).isCloseTo(corner, within(1e-5f));
        }
    }

    /** Where the best margin over all targets is known, Auto-PGD with targets decides every image rightly. */
    @Test
    void targetsAreFoundWhereTheyCanBeReached() {
        for (double lead = 0; lead < 12; lead++) {
            double by = lead;
            float[] adversarial = run(attack("apgd-t-60"), scores(lead, CLASSES), Steps.unreported());
            for (int image = 0; image < IMAGES; image++) {
                double margin = margin(adversarial, image, by);
                double best = bestMargin(image, by);
                if (margin(pixels, image, by) > 0 && Math.abs(best) > 1e-3) {
                    assertThat(margin > 0).as("image %s, lead %s", image, by).isEqualTo(best > 0);
                }
            }
        }
    }

    /** Returns the lead of the first class over the best other one. */
    private double margin(float[] images, int image, double lead) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 1; c < CLASSES; c++) {
            double margin = lead;
            for (int i = 0; i < VALUES; i++) {
                margin += (weights[i] - weights[c * VALUES + i]) * (double) images[image * VALUES + i];
            }
            least = Math.min(least, margin);
        }
        return least;
    }

    /** The same where every value goes as far as it may towards the class for which that brings most. */
    private double bestMargin(int image, double lead) {
        return IntStream.range(1, CLASSES)
                .mapToDouble(c -> cornerMargin(image, c, lead, EPSILON))
                .min()
                .orElseThrow();
    }

    /** Returns the lead of the first class over another where every value has moved towards that one to its bound. */
    private double cornerMargin(int image, int other, double lead, double epsilon) {
        double margin = lead;
        for (int i = 0; i < VALUES; i++) {
            double weight = weights[i] - weights[other * VALUES + i];
            double value = pixels[image * VALUES + i];
            double moved = weight > 0 ? Math.max(0, value - epsilon) : Math.min(1, value + epsilon);
            margin += weight * moved;
        }
        return margin;
    }

    /** The distance to the boundary of a class is the least epsilon at which the corner towards it is beyond. */
    @Test
    void boundariesAreFoundAtTheirDistance() {
        try (VictimNetwork network = network(1)) {
            AttackTask task = task(network, scores(4, CLASSES), 0, Steps.unreported());
            for (int target = 1; target < CLASSES; target++) {
                int[] targets = new int[IMAGES];
                Arrays.fill(targets, target);
                BoundarySearch search = new BoundarySearch(task, targets, 30);
                search.run();
                float[] found = search.nearest();
                for (int image = 0; image < IMAGES; image++) {
                    if (margin(pixels, image, 4) > 0 && isNearest(image, target, 4)) {
                        double distance = distance(image, target, 4);
                        double reached = 0;
                        for (int i = image * VALUES; i < (image + 1) * VALUES; i++) {
                            assertThat(found[i]).isBetween(0f, 1f);
                            reached = Math.max(reached, Math.abs(found[i] - pixels[i]));
                        }
                        assertThat(reached).isBetween(distance * 0.9999, distance * 1.01);
                        assertThat(margin(found, image, 4)).isNegative();
                    }
                }
            }
        }
    }

    private boolean isNearest(int image, int target, double lead) {
        return IntStream.range(1, CLASSES).allMatch(c -> distance(image, target, lead) <= distance(image, c, lead));
    }

    /** By bisection. */
    private double distance(int image, int target, double lead) {
        double near = 0;
        double far = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (near + far) / 2;
            if (cornerMargin(image, target, lead, middle) > 0) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return far;
    }

    /** An image is changed only where an adversarial one is within epsilon, and is then within. */
    @Test
    void boundariesBeyondEpsilonAreNone() {
        int changed = 0;
        for (double epsilon : new double[] {0.005, 0.02, 0.08}) {
            float[] found = run(attack("fab-t-30"), scores(4, CLASSES), epsilon, Steps.unreported());
            for (int image = 0; image < IMAGES; image++) {
                int at = image;
                double nearest = IntStream.range(1, CLASSES)
                        .mapToDouble(c -> distance(at, c, 4))
                        .min()
                        .orElseThrow();
                boolean same = IntStream.range(at * VALUES, (at + 1) * VALUES).allMatch(i -> found[i] == pixels[i]);
                if (nearest == 0 || nearest > epsilon) {
                    assertThat(same).isTrue();
                } else if (nearest < epsilon / 1.01) {
                    assertThat(margin(found, image, 4)).isNegative();
                    changed++;
                }
                for (int i = image * VALUES; i < (image + 1) * VALUES; i++) {
                    assertThat(found[i]).isBetween(0f, 1f).isCloseTo(pixels[i], within((float) epsilon + 1e-6f));
                }
            }
        }
        assertThat(changed).isPositive();
    }

    @Test
    void moreQueriesNeverRaiseTheMargin() {
        double[] before = new double[IMAGES];
        Arrays.fill(before, Double.POSITIVE_INFINITY);
        for (int queries : new int[] {1, 2, 5, 10, 11, 60, 300}) {
            float[] found = run(attack("square-" + queries), scores(20, CLASSES), Steps.unreported());
            assertThat(run(attack("square-" + queries), scores(20, CLASSES), Steps.unreported()))
                    .isEqualTo(found);
            for (int image = 0; image < IMAGES; image++) {
                double margin = margin(found, image, 20);
                assertThat(margin).isLessThanOrEqualTo(before[image] + 1e-5);
                before[image] = margin;
            }
        }
    }

    /** Images that an earlier attack has fooled stay as they are; later attacks try only the others. */
    @Test
    void autoAttackGoesOnWithWhatIsLeft() {
        List<Attack> parts = Attacks.parse("square-20,apgd-t-60");
        int fell = 0;
        int later = 0;
        for (double lead = 0; lead < 12; lead++) {
            float[] first = run(parts.get(0), scores(lead, CLASSES), Steps.unreported());
            ToldProgress counted = ToldProgress.patient();
            float[] both = run(new AutoAttack(parts), scores(lead, CLASSES), Steps.begin(counted, "both", 1 << 20));
            int evaluations = IMAGES;
            for (int image = 0; image < IMAGES; image++) {
                if (margin(pixels, image, lead) > 0 && margin(first, image, lead) < 0) {
                    assertThat(Arrays.copyOfRange(both, image * VALUES, (image + 1) * VALUES))
                            .isEqualTo(Arrays.copyOfRange(first, image * VALUES, (image + 1) * VALUES));
                    evaluations += 21;
                    fell++;
                } else if (margin(first, image, lead) > 0) {
                    evaluations += 21 + 4 * 61;
                    later += margin(both, image, lead) < 0 ? 1 : 0;
                }
            }
            assertThat(counted.done()).isLessThanOrEqualTo(evaluations);
        }
        assertThat(fell).isPositive();
        assertThat(later).isPositive();
    }

    @Test
    void deadGradientsAreNoticed() {
        try (VictimNetwork dead = network(0)) {
            AttackTask task = task(dead, scores(60, CLASSES), EPSILON, Steps.unreported());
            AttackTrace trace = Perturbation.of(SignedGradient.fgsm(), task, pixels.clone());
            assertThat(trace.zeroGradientImages()).isEqualTo(IMAGES);
        }
    }

    @Test
    void aWishToStopIsHeard() {
        ToldProgress impatient = ToldProgress.stopping(told -> told.done() == 3 * IMAGES);
        Steps steps = Steps.begin(impatient, "pgd-20", 20 * IMAGES);
        assertThatThrownBy(() -> run(attack("pgd-20"), scores(60, CLASSES), steps))
                .isInstanceOf(StoppedException.class);
        assertThat(impatient.done()).isEqualTo(3 * IMAGES);
    }
}
