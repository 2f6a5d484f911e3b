package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --softmax}: probabilities relative to the other classes, whatever the model was trained for. */
final class SoftmaxOption {
    @Option(
            names = "--softmax",
            description = "Give probabilities that add up to 1 over the classes, also for models that give each class"
                    + " one of its own (SigLIP).")
    private boolean softmax;

    /** Returns whether it is given; says so if it changes nothing. */
    boolean isGiven(Checkpoint checkpoint, PrintWriter err) {
        if (softmax && checkpoint.logitBias().isEmpty()) {
            err.println("clap: --softmax changes nothing: the probabilities of this model add up to 1 already");
        }
        return softmax;
    }
}
