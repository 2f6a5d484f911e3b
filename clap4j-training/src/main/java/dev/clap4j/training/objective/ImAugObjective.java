package dev.clap4j.training.objective;

import java.util.Objects;

/**
 * The objective of Im.Aug, the image-trained baseline (CLAP, section 4.1): the loss between images and their views.
 *
 * @param images the loss between an image and its view
 */
public record ImAugObjective(PairLoss images) implements HeadObjective {
    /** The objective's name. */
    public static final String NAME = "im-aug";

    private static final double OFFICIAL_TEMPERATURE = 0.5;

    /** Requires the loss. */
    public ImAugObjective {
        Objects.requireNonNull(images, "images");
    }

    /** Returns the objective of the published results: NT-Xent with τ 0.5. */
    public static ImAugObjective official() {
        return new ImAugObjective(PairLoss.ntXent(OFFICIAL_TEMPERATURE));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int blocks() {
        return 2;
    }
}
