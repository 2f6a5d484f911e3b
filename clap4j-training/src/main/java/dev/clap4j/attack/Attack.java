package dev.clap4j.attack;

import org.bytedeco.pytorch.Tensor;

/** A way to look for a small change of an image that changes its class. */
public sealed interface Attack permits SignedGradient, AutoPgd, NoAttack {
    /** As tables have it, for instance {@code PGD-20}. */
    String name();

    /** How many gradients of an image it computes at most, among so many classes. */
    int gradients(int classes);

    /** Whether it should succeed wherever the other does, so that the opposite casts doubt on both. */
    boolean isStrongerThan(Attack other);

    /**
     * Makes sure that it can be used on so many classes.
     *
     * @throws dev.clap4j.ClapException if it cannot
     */
    default void requireClasses(int classes) {}

    /**
     * Looks for adversarial images.
     *
     * @param adversarial the images to begin with, which are overwritten by what was found
     */
    AttackTrace perturb(AttackTask task, Tensor adversarial);
}
