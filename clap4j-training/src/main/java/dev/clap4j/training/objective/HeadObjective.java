package dev.clap4j.training.objective;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a head is trained to minimise: a loss of a batch whose rows come in blocks of n, one block behind the other. */
public sealed interface HeadObjective permits ClapObjective, ImAugObjective {
    /** What the head's file and the run's record call it. */
    String name();

    /** How many blocks of n rows a batch of n samples has. */
    int blocks();

    /**
     * The loss of a batch of content features; its derivatives by the cosines are added to these.
     *
     * @param cosines between f_c of all rows of the batch
     */
    BatchLoss of(Cosines cosines);

    /**
     * The loss of a batch.
     *
     * @param total what is minimised
     * @param parts what it is made of, by the names that the run's log gives them; empty if it is of one piece
     */
    record BatchLoss(double total, Map<String, Double> parts) {
        /** As the run's log has it. */
        public Map<String, Double> byName() {
            Map<String, Double> names = new LinkedHashMap<>();
            names.put("loss", total);
            names.putAll(parts);
            return names;
        }
    }
}
