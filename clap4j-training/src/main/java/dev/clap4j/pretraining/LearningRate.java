package dev.clap4j.pretraining;

/**
 * A learning rate that rises linearly, then falls along half a cosine to zero (Loshchilov and Hutter 2017), as in CLIP's
 * training.
 *
 * @param highest the rate at the end of the rise
 * @param warmupSteps steps of the rise
 * @param steps all steps
 */
public record LearningRate(double highest, int warmupSteps, int steps) {
    /**
     * The rate of a step.
     *
     * @param step steps made before it, from 0 to {@code steps - 1}
     */
    public double at(int step) {
        if (step < warmupSteps) {
            return highest * (step + 1) / warmupSteps;
        }
        double done = (double) (step - warmupSteps) / (steps - warmupSteps);
        return 0.5 * highest * (1 + Math.cos(Math.PI * done));
    }
}
