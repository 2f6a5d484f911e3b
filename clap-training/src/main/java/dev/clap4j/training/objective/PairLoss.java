package dev.clap4j.training.objective;

import org.bytedeco.pytorch.Tensor;

/** A loss of paired rows: row i of one matrix belongs to row i of the other, and to no other row. */
public sealed interface PairLoss permits NtXent, InfoNce, SymmetricInfoNce {
    /**
     * The loss, a scalar that can be differentiated.
     *
     * @param x {@code [n, d]}, of any length other than zero
     * @param y {@code [n, d]}
     */
    Tensor of(Tensor x, Tensor y);

    /** The temperature τ, by which cosine similarities are divided. */
    double temperature();

    /** The same form of loss at another temperature. */
    PairLoss withTemperature(double other);
}
