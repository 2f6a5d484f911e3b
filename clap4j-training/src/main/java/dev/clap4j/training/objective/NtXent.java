package dev.clap4j.training.objective;

/**
 * The normalised, temperature-scaled cross-entropy of SimCLR (Chen et al. 2020), which the authors' code uses for all
 * terms: each of 2n rows is matched to its partner against all other rows, including those of its own block.
 *
 * @param temperature τ, by which cosine similarities are divided
 */
public record NtXent(double temperature) implements PairLoss {
    /**
     * Checks the temperature.
     *
     * @throws dev.clap4j.ClapException if it is not positive and finite
     */
    public NtXent {
        Temperature.check(temperature);
    }

    @Override
    public NtXent withTemperature(double other) {
        return new NtXent(other);
    }

    @Override
    public double of(Cosines cosines, int first, int n, double weight) {
        return cosines.crossEntropy(first, first, 2 * n, row -> row < n ? row + n : row - n, temperature, weight);
    }
}
