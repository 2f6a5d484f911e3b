package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
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

    private static PixelGradients network(float factor) {
        TensorSource nothing = TensorSource.of(Map.of(), "nothing");
        return new PixelGradients(OrtEngine.create(1), new Pixels(factor), nothing, SIDE);
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

    private float[] run(Attack attack, Scorer scores, Steps steps) {
        List<RandomGenerator> random = IntStream.range(0, IMAGES)
                .mapToObj(i -> (RandomGenerator) new SplittableRandom(i))
                .toList();
        Ball ball = new Ball(pixels, EPSILON);
        try (PixelGradients network = network(1)) {
            AttackTask task =
                    new AttackTask(network, scores, ball, labels, Noise.uniform(random, EPSILON, SIDE), steps);
            float[] adversarial = pixels.clone();
            Perturbation.of(attack, task, adversarial);
            return adversarial;
        }
    }

    /** Whatever they find, it is within epsilon and a picture, and not the picture itself. */
    @ParameterizedTest
    @ValueSource(strings = {"fgsm", "pgd-20", "cw-20", "apgd-ce-30", "apgd-t-30"})
    void theyStayInTheBall(String name) {
        float[] adversarial = run(attack(name), scores(60, CLASSES), Steps.unreported());

        for (int i = 0; i < pixels.length; i++) {
            assertThat(adversarial[i]).isBetween(0f, 1f).isCloseTo(pixels[i], within((float) EPSILON + 1e-6f));
        }
        assertThat(adversarial).isNotEqualTo(pixels);
    }

    /** The first class against one other: the gradient has the same sign everywhere, so the corner of the ball is best. */
    @ParameterizedTest
    @ValueSource(strings = {"fgsm", "pgd-20", "cw-20", "apgd-ce-60"})
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

    /** How far the first class is ahead of the best other. */
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
        double least = Double.POSITIVE_INFINITY;
        for (int c = 1; c < CLASSES; c++) {
            double margin = lead;
            for (int i = 0; i < VALUES; i++) {
                double weight = weights[i] - weights[c * VALUES + i];
                double value = pixels[image * VALUES + i];
                double moved = weight > 0 ? Math.max(0, value - EPSILON) : Math.min(1, value + EPSILON);
                margin += weight * moved;
            }
            least = Math.min(least, margin);
        }
        return least;
    }

    @Test
    void deadGradientsAreNoticed() {
        try (PixelGradients dead = network(0)) {
            Ball ball = new Ball(pixels, EPSILON);
            AttackTask task = new AttackTask(
                    dead, scores(60, CLASSES), ball, labels, images -> ball.centre(), Steps.unreported());
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
