package dev.clap4j.internal.classify;

import dev.clap4j.internal.checkpoint.Checkpoint;
import java.util.Optional;

/** The way from an image's cosine similarities with classes to probabilities. */
public sealed interface Scoring {
    /** Returns the factor on cosines. */
    float scale();

    /** Returns the probability of each class, 0 to 1. */
    float[] probabilities(float[] cosines);

    /** Returns probabilities relative to the other classes, from the same cosines. */
    default Scoring softmax() {
        return new Softmax(scale());
    }

    /** Returns that of a model: the sigmoid if it has a bias for it, else the softmax. */
    static Scoring of(Checkpoint checkpoint) {
        float scale = checkpoint.expLogitScale();
        Optional<Float> bias = checkpoint.logitBias();
        return bias.isPresent() ? new Sigmoid(scale, bias.get()) : new Softmax(scale);
    }

    /** Probabilities relative to the other classes, whose sum is 1 (CLIP). */
    record Softmax(float scale) implements Scoring {
        /**
         * Checks the factor.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Softmax {
            requirePositive(scale);
        }

        @Override
        public float[] probabilities(float[] cosines) {
            double max = (double) cosines[ZeroShotClassifier.argMax(cosines)] * scale;
            double[] weights = new double[cosines.length];
            double sum = 0;
            for (int c = 0; c < cosines.length; c++) {
                weights[c] = Math.exp((double) cosines[c] * scale - max);
                sum += weights[c];
            }
            float[] probabilities = new float[cosines.length];
            for (int c = 0; c < cosines.length; c++) {
                probabilities[c] = (float) (weights[c] / sum);
            }
            return probabilities;
        }
    }

    /** A probability for each class by itself, so that none or several may be likely (SigLIP). */
    record Sigmoid(float scale, float bias) implements Scoring {
        /**
         * Checks the factor.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Sigmoid {
            requirePositive(scale);
        }

        @Override
        public float[] probabilities(float[] cosines) {
            float[] probabilities = new float[cosines.length];
            for (int c = 0; c < cosines.length; c++) {
                probabilities[c] = (float) (1 / (1 + Math.exp(-((double) cosines[c] * scale + bias))));
            }
            return probabilities;
        }
    }

    private static void requirePositive(float scale) {
        if (!(scale > 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("The factor on cosines is a positive number, not " + scale);
        }
    }
}
