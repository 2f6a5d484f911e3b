package dev.clap4j.evaluation.fewshot;

import dev.clap4j.ClapException;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.training.probe.ProbeRecipe;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * The probes to train.
 *
 * @param shots labelled images of each class, ascending, each at least 1
 * @param seeds of their choice, 1 to {@link Seeds#MOST}; results are averaged over them
 * @param recipe the training recipe of the probes
 */
public record FewShotPlan(List<Integer> shots, List<Long> seeds, ProbeRecipe recipe) {
    /** The numbers of shots in the paper. */
    public static final List<Integer> SHOTS = List.of(1, 4, 8, 16, 32);

    /** The default number of draws of labelled images. */
    public static final int SEEDS = 5;

    /**
     * Sorts the shots.
     *
     * @throws ClapException if there are no shots or too many seeds, a number is below 1, or one is repeated
     */
    public FewShotPlan {
        shots = shots.stream().sorted().toList();
        seeds = List.copyOf(seeds);
        if (shots.isEmpty() || shots.get(0) < 1 || new HashSet<>(shots).size() < shots.size()) {
            throw new ClapException(
                    "Shots are numbers of labelled images of a class, each from 1 on and named once, not " + shots);
        }
        if (seeds.size() > Seeds.MOST) {
            throw new ClapException("There should be at most " + Seeds.MOST + " seeds, but are " + seeds.size());
        }
        if (seeds.isEmpty() || new HashSet<>(seeds).size() < seeds.size()) {
            throw new ClapException("At least one seed is needed, and each once, not " + seeds);
        }
    }

    /** Returns the largest number of shots. */
    public int mostShots() {
        return Collections.max(shots);
    }
}
