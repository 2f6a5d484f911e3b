package dev.clap4j.training;

import dev.clap4j.training.objective.HeadObjective;
import java.util.List;
import java.util.Map;

/** The options that determine a head, common to training on prompts and on images. */
public sealed interface HeadOptions permits ClapOptions, ImAugOptions {
    /** Returns the names of the classes, without duplicates. */
    List<String> classes();

    /** Returns the geometry of the head. */
    HeadNetwork network();

    /** Returns the training objective. */
    HeadObjective objective();

    /** Returns the number of samples in a batch. */
    int batchSize();

    /** Returns the learning rate of Adam. */
    double learningRate();

    /** Returns the number of steps and the early stopping. */
    Schedule schedule();

    /** Returns the α that the head recommends for inference; training itself uses 1. */
    float alpha();

    /** Returns the seed of all randomness. */
    long seed();

    /** Returns all options except the classes and the seed, by command-line name, in a fixed order. */
    Map<String, String> describe();
}
