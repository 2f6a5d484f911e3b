package dev.clap4j.training.objective;

import dev.clap4j.ClapException;
import java.util.Objects;

/**
 * CLAP's objective (CLAP, equation 4): a loss between prompts and their augmented forms, and one between these and
 * class names.
 *
 * @param text the loss between a prompt and its augmented form
 * @param content the loss between an augmented prompt and its class name; as in the authors' code, rows of the same
 *     class in a batch still count as negatives
 * @param contentWeight λ, the weight of {@code content}
 */
public record ClapObjective(PairLoss text, PairLoss content, double contentWeight) implements HeadObjective {
    /** The objective's name. */
    public static final String NAME = "clap";

    /**
     * Checks the weight.
     *
     * @throws ClapException if it is negative or not finite
     */
    public ClapObjective {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(content, "content");
        if (!(contentWeight >= 0) || Double.isInfinite(contentWeight)) {
            throw new ClapException("The weight of the class names should be 0 or more, but is " + contentWeight);
        }
    }

    /** Returns the authors' objective, with NT-Xent for both terms. */
    public static ClapObjective official(double textTemperature, double contentTemperature, double contentWeight) {
        return new ClapObjective(PairLoss.ntXent(textTemperature), PairLoss.ntXent(contentTemperature), contentWeight);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int blocks() {
        return 3;
    }
}
