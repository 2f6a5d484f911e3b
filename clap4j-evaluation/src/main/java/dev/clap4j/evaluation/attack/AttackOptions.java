package dev.clap4j.evaluation.attack;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of an adversarial evaluation.
 *
 * @param attacks at least one
 * @param epsilon the L∞ bound in the threat model's units; above 0, at most 1
 * @param threat the threat model
 * @param classifier the attacked classifier
 * @param limit the maximum number of images per domain, {@link #ALL} for all
 * @param seed of the sample of images, the labelled images, and the attacks' random starts
 */
public record AttackOptions(
        List<Attack> attacks, double epsilon, ThreatModel threat, Classifier classifier, int limit, long seed) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The published epsilon. */
    public static final double EPSILON = 0.031;

    /** The attacked classifier. */
    public enum Classifier {
        /** The cosines with the class names' features. */
        ZEROSHOT,
        /** A linear probe on one labelled image per class, in each domain. */
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

    /** Returns the rows of the report: the baseline, then the attacks. */
    List<Attack> rows() {
        List<Attack> rows = new ArrayList<>(List.of(new NoAttack(false)));
        if (threat == ThreatModel.OFFICIAL) {
            rows.add(new NoAttack(true));
        }
        rows.addAll(attacks);
        return rows;
    }
}
