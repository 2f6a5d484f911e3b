package dev.clap4j.pretraining;

/**
 * A learning-rate schedule with linear warm-up and cosine decay to zero (Loshchilov and Hutter 2017), as in CLIP's
 * training.
 *
 * @param highest the rate at the end of the warm-up
 * @param warmupSteps the number of warm-up steps
 * @param steps the total number of steps
 */
record LearningRate(double highest, int warmupSteps, int steps) {
    /**
     * Returns the rate of a step.
     *
     * @param step the number of steps before it, 0 to {@code steps - 1}
     */
    double at(int step) {
        if (step < warmupSteps) {
            return highest * (step + 1) / warmupSteps;
        }
        double done = (double) (step - warmupSteps) / (steps - warmupSteps);
        return 0.5 * highest * (1 + Math.cos(Math.PI * done));
    }
}
