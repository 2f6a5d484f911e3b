package dev.clap4j.training.objective;

/**
 * The mean of {@link InfoNce} in both directions, as in CLIP's own training (Radford et al. 2021, figure 3).
 *
 * @param temperature τ, by which cosine similarities are divided
 */
public record SymmetricInfoNce(double temperature) implements PairLoss {
    /**
     * Checks the temperature.
     *
     * @throws dev.clap4j.ClapException if it is not positive and finite
     */
    public SymmetricInfoNce {
        Temperature.check(temperature);
    }

    @Override
    public SymmetricInfoNce withTemperature(double other) {
        return new SymmetricInfoNce(other);
    }

    @Override
    public double of(Cosines cosines, int first, int n, double weight) {
        InfoNce way = new InfoNce(temperature);
        double forth = way.oneWay(cosines, first, first + n, n, weight / 2);
        double back = way.oneWay(cosines, first + n, first, n, weight / 2);
        return (forth + back) / 2;
    }
}
