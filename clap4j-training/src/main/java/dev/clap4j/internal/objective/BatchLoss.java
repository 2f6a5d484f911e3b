package dev.clap4j.internal.objective;

import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.objective.ImAugObjective;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a batch.
 *
 * @param total the loss that is minimised
 * @param parts its terms by their names in the run's log; empty if there is only one
 */
public record BatchLoss(double total, Map<String, Double> parts) {
    /**
     * Computes the loss of a batch of content features and adds its derivatives to the gradient in {@code cosines}.
     *
     * @param cosines the cosines of f_c of all rows of the batch: for CLAP, those of n prompts, then of their augmented
     *     forms, then of their class names; for Im.Aug, those of n images, then of their views
     */
    public static BatchLoss of(HeadObjective objective, Cosines cosines) {
        int n = cosines.rows() / objective.blocks();
        return objective instanceof ClapObjective clap
                ? clap(clap, cosines, n)
                : new BatchLoss(PairLosses.of(((ImAugObjective) objective).images(), cosines, 0, n, 1), Map.of());
    }

    private static BatchLoss clap(ClapObjective objective, Cosines cosines, int n) {
        double weight = objective.contentWeight();
        double textLoss = PairLosses.of(objective.text(), cosines, 0, n, 1);
        double contentLoss = PairLosses.of(objective.content(), cosines, n, n, weight);
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("text_loss", textLoss);
        parts.put("content_loss", contentLoss);
        return new BatchLoss(textLoss + weight * contentLoss, parts);
    }

    /** Returns the values by their names in the run's log. */
    public Map<String, Double> byName() {
        Map<String, Double> names = new LinkedHashMap<>();
        names.put("loss", total);
        names.putAll(parts);
        return names;
    }
}
