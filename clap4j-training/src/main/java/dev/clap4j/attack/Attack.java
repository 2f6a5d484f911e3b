package dev.clap4j.attack;

/** A search for a small change of an image that makes the classifier wrong. */
public sealed interface Attack permits SignedGradient, AutoPgd, TargetedFab, SquareAttack, AutoAttack, NoAttack {
    /** Returns the name used in tables, such as {@code PGD-20}. */
    String name();

    /**
     * Returns the maximum number of evaluations of the network per image, with or without a gradient.
     *
     * @param classes the number of classes
     */
    int evaluations(int classes);

    /**
     * Returns whether this attack should succeed wherever the other does. If it does not, both results are doubtful.
     */
    boolean isStrongerThan(Attack other);

    /**
     * Checks that the attack supports the number of classes.
     *
     * @throws dev.clap4j.ClapException if it does not
     */
    default void requireClasses(int classes) {}
}
