package dev.clap4j.training.objective;

/** A loss of paired rows: row i of one block matches row i of the next, and no other row. */
public sealed interface PairLoss permits NtXent, InfoNce, SymmetricInfoNce {
    /**
     * Returns the loss and adds its derivatives to the gradient in {@code cosines}.
     *
     * @param first the first row of one block; the other begins n rows later
     * @param n the number of rows in each block
     * @param weight the weight of this loss in the total; scales only the gradient
     */
    double of(Cosines cosines, int first, int n, double weight);

    /** Returns the temperature τ, by which cosine similarities are divided. */
    double temperature();

    /** Returns this loss at another temperature. */
    PairLoss withTemperature(double other);
}
