package dev.clap4j.training.objective;

import dev.clap4j.ClapException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A contrastive loss of paired rows: row i of one block matches row i of the next, and no other row.
 *
 * @param form the form of the loss
 * @param temperature τ, by which cosine similarities are divided, above 0
 */
public record PairLoss(Form form, double temperature) {
    /** The forms of the loss. */
    public enum Form {
        /**
         * The normalised, temperature-scaled cross-entropy of SimCLR (Chen et al. 2020), which the authors' code uses
         * for all terms: each of 2n rows is matched to its partner against all other rows, including those of its own
         * block.
         */
        NT_XENT,
        /**
         * The cross-entropy of each row of one block against all rows of the other (CLAP, equation 1; the authors'
         * "basic" loss).
         */
        INFO_NCE,
        /**
         * The mean of {@link #INFO_NCE} in both directions, as in CLIP's own training (Radford et al. 2021, figure 3).
         */
        SYMMETRIC;

        /** Returns the name used in options, such as {@code nt_xent}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the names of all forms. */
        public static List<String> names() {
            return Arrays.stream(values()).map(Form::toString).toList();
        }

        /**
         * Returns the form with a name, ignoring case.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Form of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Checks the temperature.
     *
     * @throws ClapException if it is not positive and finite
     */
    public PairLoss {
        Objects.requireNonNull(form, "form");
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new ClapException("The temperature of a loss should be above 0, but is " + temperature);
        }
    }

    /** Returns NT-Xent, the loss of the published results. */
    public static PairLoss ntXent(double temperature) {
        return new PairLoss(Form.NT_XENT, temperature);
    }

    /** Returns the loss of the paper's equation 1. */
    public static PairLoss infoNce(double temperature) {
        return new PairLoss(Form.INFO_NCE, temperature);
    }

    /** Returns the loss of CLIP's own training. */
    public static PairLoss symmetric(double temperature) {
        return new PairLoss(Form.SYMMETRIC, temperature);
    }

    /** Returns this loss in another form. */
    public PairLoss withForm(Form other) {
        return new PairLoss(other, temperature);
    }

    /** Returns this loss at another temperature. */
    public PairLoss withTemperature(double other) {
        return new PairLoss(form, other);
    }
}
