package dev.clap4j.iconworld.scene;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A discrete distribution.
 *
 * @param values the values
 * @param weights one non-negative weight per value, not all 0
 */
record Distribution<T>(List<T> values, double[] weights) {
    /** Creates a uniform distribution. */
    static <T> Distribution<T> even(List<T> values) {
        double[] weights = new double[values.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        return new Distribution<>(values, weights);
    }

    /**
     * Creates a mixture of the uniform distribution and one drawn from a Dirichlet distribution with all parameters
     * 1/2.
     *
     * @param own the weight of the drawn distribution
     */
    static <T> Distribution<T> skewed(List<T> values, double own, RandomGenerator random) {
        double[] weights = new double[values.size()];
        for (int i = 0; i < weights.length; i++) {
            double normal = random.nextGaussian();
            weights[i] = normal * normal;
        }
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = own * weights[i] / sum + (1 - own) / weights.length;
        }
        return new Distribution<>(values, weights);
    }

    /** Removes each value with the given probability; a removed value is never drawn. */
    Distribution<T> without(double chance, RandomGenerator random) {
        double[] fewer = weights.clone();
        for (int i = 0; i < fewer.length; i++) {
            if (random.nextDouble() < chance) {
                fewer[i] = 0;
            }
        }
        return Arrays.stream(fewer).sum() == 0 ? this : new Distribution<>(values, fewer);
    }

    T draw(RandomGenerator random) {
        double rest = random.nextDouble() * Arrays.stream(weights).sum();
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                rest -= weights[i];
                if (rest < 0) {
                    break;
                }
            }
        }
        return values.get(last);
    }
}
