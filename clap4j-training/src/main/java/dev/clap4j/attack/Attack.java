package dev.clap4j.attack;

/** A search for a small change of an image that makes the classifier wrong. */
public sealed interface Attack permits SignedGradient, AutoPgd, NoAttack {
    /** Returns the name used in tables, such as {@code PGD-20}. */
    String name();

    /**
     * Returns the maximum number of gradients computed per image.
     *
     * @param classes the number of classes
     */
    int gradients(int classes);

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
