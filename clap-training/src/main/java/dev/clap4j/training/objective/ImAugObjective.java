package dev.clap4j.training.objective;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

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

    /**
     * The loss of a batch of content features.
     *
     * @param rows f_c of n images, then of their views, {@code [2n, d]}
     */
    @Override
    public BatchLoss of(Tensor rows) {
        long n = rows.size(0) / 2;
        return new BatchLoss(images.of(rows.narrow(0, 0, n), rows.narrow(0, n, n)), Map.of());
    }
}
