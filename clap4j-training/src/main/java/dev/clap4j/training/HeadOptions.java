package dev.clap4j.training;

import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.training.objective.HeadObjective;
import java.util.List;
import java.util.Map;

/** What decides which head a training run gives, whatever it is trained on. */
public sealed interface HeadOptions permits ClapOptions, ImAugOptions {
    /** The names of the classes, each once. */
    List<String> classes();

    /** The geometry of the head. */
    ResidualMlp network();

    /** What is minimised. */
    HeadObjective objective();

    /** Samples in a step. */
    int batchSize();

    /** Adam's. */
    double learningRate();

    /** How long training goes on. */
    Schedule schedule();

    /** The strength α that the head suggests for inference; training itself uses 1. */
    float alpha();

    /** All randomness comes from it. */
    long seed();

    /** Every option but the classes and the seed, by the name that the command line gives it, in a fixed order. */
    Map<String, String> describe();
}
