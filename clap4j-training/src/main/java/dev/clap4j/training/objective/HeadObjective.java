package dev.clap4j.training.objective;

import java.util.LinkedHashMap;
import java.util.Map;

/** The loss that a head is trained to minimise. The rows of a batch come in consecutive blocks of n. */
public sealed interface HeadObjective permits ClapObjective, ImAugObjective {
    /** Returns the objective's name in the head's file and the run's record. */
    String name();

    /** Returns the number of blocks of n rows in a batch of n samples. */
    int blocks();

    /**
     * Returns the loss of a batch of content features and adds its derivatives to the gradient in {@code cosines}.
     *
     * @param cosines the cosines of f_c of all rows of the batch
     */
    BatchLoss of(Cosines cosines);

    /**
     * The loss of a batch.
     *
     * @param total the loss that is minimised
     * @param parts its terms by their names in the run's log; empty if there is only one
     */
    record BatchLoss(double total, Map<String, Double> parts) {
        /** Returns the values by their names in the run's log. */
        public Map<String, Double> byName() {
            Map<String, Double> names = new LinkedHashMap<>();
            names.put("loss", total);
            names.putAll(parts);
            return names;
        }
    }
}
