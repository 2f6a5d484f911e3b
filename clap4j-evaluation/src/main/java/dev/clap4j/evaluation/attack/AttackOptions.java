package dev.clap4j.evaluation.attack;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
import java.util.ArrayList;
import java.util.List;

/**
 * How robustness is measured.
 *
 * @param attacks at least one
 * @param epsilon by how much a value may be changed, in the threat model's units; above 0, at most 1
 * @param threat what may be changed
 * @param classifier what is attacked
 * @param limit at most so many images of each domain, {@link #ALL} for all
 * @param seed of the sample of images, the labelled images, and the attacks' random starts
 */
public record AttackOptions(
        List<Attack> attacks, double epsilon, ThreatModel threat, Classifier classifier, int limit, long seed) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The published epsilon. */
    public static final double EPSILON = 0.031;

    /** What is attacked. */
    public enum Classifier {
        /** The cosines with the class names' features. */
        ZEROSHOT,
        /** In each domain a linear probe on one labelled image a class. */
        ONESHOT
    }

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number is out of range
     */
    public AttackOptions {
        attacks = List.copyOf(attacks);
        if (attacks.isEmpty()) {
            throw new IllegalArgumentException("There is no attack");
        }
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new ClapException("Epsilon should be above 0 and at most 1, the whole range of a pixel, but is "
                    + epsilon
                    + (epsilon > 1 ? "; for " + epsilon + "/255 write " + Math.round(epsilon / 255 * 1e4) / 1e4 : ""));
        }
        if (limit < 1) {
            throw new ClapException("The limit is a number of images of each domain, at least 1, not " + limit);
        }
    }

    /** What attacks are compared with, then the attacks. */
    List<Attack> rows() {
        List<Attack> rows = new ArrayList<>(List.of(new NoAttack(false)));
        if (threat == ThreatModel.OFFICIAL) {
            rows.add(new NoAttack(true));
        }
        rows.addAll(attacks);
        return rows;
    }
}
