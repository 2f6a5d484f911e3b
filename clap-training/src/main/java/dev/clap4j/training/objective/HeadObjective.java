package dev.clap4j.training.objective;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a head is trained to minimise: a loss of a batch whose rows come in blocks of n, one block behind the other. */
public sealed interface HeadObjective permits ClapObjective, ImAugObjective {
    /** What the head's file and the run's record call it. */
    String name();

    /**
     * The loss of a batch of content features, scalars that can be differentiated.
     *
     * @param rows f_c of all rows of the batch, {@code [blocks · n, d]}
     */
    BatchLoss of(Tensor rows);

    /**
     * The loss of a batch.
     *
     * @param total what is minimised
     * @param parts what it is made of, by the names that the run's log gives them; empty if it is of one piece
     */
    record BatchLoss(Tensor total, Map<String, Tensor> parts) {}
}
