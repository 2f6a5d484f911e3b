package dev.clap4j.training.objective;

/** The loss that a head is trained to minimise. The rows of a batch come in consecutive blocks of n. */
public sealed interface HeadObjective permits ClapObjective, ImAugObjective {
    /** Returns the objective's name in the head's file and the run's record. */
    String name();

    /** Returns the number of blocks of n rows in a batch of n samples. */
    int blocks();
}
