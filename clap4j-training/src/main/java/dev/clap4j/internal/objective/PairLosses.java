package dev.clap4j.internal.objective;

import dev.clap4j.training.objective.PairLoss;

/** Computes losses of paired rows. */
final class PairLosses {
    private PairLosses() {}

    /**
     * Returns a loss and adds its derivatives to the gradient in {@code cosines}.
     *
     * @param first the first row of one block; the other begins n rows later
     * @param n the number of rows in each block
     * @param weight the weight of this loss in the total; scales only the gradient
     */
    static double of(PairLoss loss, Cosines cosines, int first, int n, double weight) {
        double temperature = loss.temperature();
        return switch (loss.form()) {
            case NT_XENT ->
                cosines.crossEntropy(first, first, 2 * n, row -> row < n ? row + n : row - n, temperature, weight);
            case INFO_NCE -> oneWay(cosines, first, first + n, n, temperature, weight);
            case SYMMETRIC -> {
                double forward = oneWay(cosines, first, first + n, n, temperature, weight / 2);
                double back = oneWay(cosines, first + n, first, n, temperature, weight / 2);
                yield (forward + back) / 2;
            }
        };
    }

    /** Returns the loss of the n rows from {@code x} on against the n rows from {@code y} on. */
    private static double oneWay(Cosines cosines, int x, int y, int n, double temperature, double weight) {
        return cosines.crossEntropy(x, y, n, row -> row, temperature, weight);
    }
}
