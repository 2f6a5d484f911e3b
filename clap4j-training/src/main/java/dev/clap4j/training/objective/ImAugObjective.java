package dev.clap4j.training.objective;

import java.util.Map;

/**
 * The objective of Im.Aug, the baseline that is trained on images (CLAP, section 4.1): images agree with their views.
 *
 * @param images between an image and its view
 */
public record ImAugObjective(PairLoss images) implements HeadObjective {
    /** What it is called. */
    public static final String NAME = "im-aug";

    private static final double OFFICIAL_TEMPERATURE = 0.5;

    /** That of the published results: NT-Xent with τ 0.5. */
    public static ImAugObjective official() {
        return new ImAugObjective(new NtXent(OFFICIAL_TEMPERATURE));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int blocks() {
        return 2;
    }

    /**
     * {@inheritDoc}
     *
     * @param cosines between f_c of n images, then of their views
     */
    @Override
    public BatchLoss of(Cosines cosines) {
        return new BatchLoss(images.of(cosines, 0, cosines.rows() / blocks(), 1), Map.of());
    }
}
