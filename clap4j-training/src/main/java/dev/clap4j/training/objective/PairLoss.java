package dev.clap4j.training.objective;

/** A loss of paired rows: row i of one block belongs to row i of the next, and to no other row. */
public sealed interface PairLoss permits NtXent, InfoNce, SymmetricInfoNce {
    /**
     * The loss; its derivatives by the cosines are added to these.
     *
     * @param first the first row of one block; the other begins n rows behind it
     * @param n rows of each block
     * @param weight of this loss in the whole, for the gradient only
     */
    double of(Cosines cosines, int first, int n, double weight);

    /** The temperature τ, by which cosine similarities are divided. */
    double temperature();

    /** The same form of loss at another temperature. */
    PairLoss withTemperature(double other);
}
