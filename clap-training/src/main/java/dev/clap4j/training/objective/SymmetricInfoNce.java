package dev.clap4j.training.objective;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

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
    public Tensor of(Tensor x, Tensor y) {
        return ofLogits(Cosine.matrix(x, y).div(new Scalar(temperature)));
    }

    /**
     * The loss with a temperature that is learned too.
     *
     * @param x {@code [n, d]}, of any length other than zero
     * @param y {@code [n, d]}
     * @param logitScale the logarithm of 1/τ, a scalar
     */
    public static Tensor of(Tensor x, Tensor y, Tensor logitScale) {
        return ofLogits(Cosine.matrix(x, y).mul(logitScale.exp()));
    }

    private static Tensor ofLogits(Tensor logits) {
        Tensor forth = CrossEntropy.mean(logits, row -> row);
        Tensor back = CrossEntropy.mean(logits.t(), row -> row);
        return forth.add(back).mul(new Scalar(0.5));
    }
}
