package dev.clap4j.training.objective;

/**
 * The cross-entropy of each row of one block against all rows of the other (CLAP, equation 1; the authors' "basic"
 * loss).
 *
 * @param temperature τ, by which cosine similarities are divided
 */
public record InfoNce(double temperature) implements PairLoss {
    /**
     * Checks the temperature.
     *
     * @throws dev.clap4j.ClapException if it is not positive and finite
     */
    public InfoNce {
        Temperature.check(temperature);
    }

    @Override
    public InfoNce withTemperature(double other) {
        return new InfoNce(other);
    }

    @Override
    public double of(Cosines cosines, int first, int n, double weight) {
        return oneWay(cosines, first, first + n, n, weight);
    }

    /** Returns the loss of the n rows from {@code x} on against the n rows from {@code y} on. */
    double oneWay(Cosines cosines, int x, int y, int n, double weight) {
        return cosines.crossEntropy(x, y, n, row -> row, temperature, weight);
    }
}
