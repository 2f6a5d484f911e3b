package dev.clap4j.training.objective;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The cross-entropy of each row of x against all rows of y (CLAP, equation 1; the authors' "basic" form).
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
    public Tensor of(Tensor x, Tensor y) {
        return CrossEntropy.mean(Cosine.matrix(x, y).div(new Scalar(temperature)), row -> row);
    }
}
