package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks of the options common to all heads. */
final class HeadOptionChecks {
    /** The largest dimension, far above the feature dimension of any model. */
    private static final int MOST_DIM = 1 << 16;

    /** The most weights of a head, 1 GiB in F32; training holds several copies. */
    private static final long MOST_WEIGHTS = 1 << 28;

    private HeadOptionChecks() {}

    /** Returns an unmodifiable copy of class names, none of which is null. */
    static List<String> classes(List<String> classes) {
        Objects.requireNonNull(classes, "classes").forEach(name -> Objects.requireNonNull(name, "class name"));
        return List.copyOf(classes);
    }

    /**
     * Checks the ranges.
     *
     * @param samples the kind of samples, for messages
     * @throws ClapException if there are no classes, a class is blank or a duplicate, or a number is out of range
     */
    static void check(
            List<String> classes,
            HeadNetwork network,
            int batchSize,
            String samples,
            double learningRate,
            float alpha) {
        checkClasses(classes);
        checkNetwork(Objects.requireNonNull(network, "network"));
        if (batchSize < 2) {
            throw new ClapException("The batch size should be 2 or more, as " + samples
                    + " are told apart within a batch, but is " + batchSize);
        }
        if (!(learningRate > 0 && learningRate <= 1)) {
            throw new ClapException("The learning rate should be above 0 and at most 1, but is " + learningRate);
        }
        if (!Float.isFinite(alpha)) {
            throw new ClapException("alpha should be a finite number, but is " + alpha);
        }
    }

    private static void checkClasses(List<String> classes) {
        if (classes.isEmpty()) {
            throw new ClapException("There are no classes to train on; name at least one");
        }
        Set<String> seen = new HashSet<>();
        for (String name : classes) {
            if (name.isBlank()) {
                throw new ClapException("A class name is empty");
            }
            if (!seen.add(name)) {
                throw new ClapException("The class \"" + name + "\" is named twice");
            }
        }
    }

    private static void checkNetwork(HeadNetwork network) {
        checkDim("latent one", network.latentDim());
        checkDim("one that comes out", network.outDim());
        if (network.repeat() < 0 || network.repeat() > ResidualMlp.MOST_REPEATS) {
            throw new ClapException("The number of further hidden layers should be from 0 to "
                    + ResidualMlp.MOST_REPEATS + ", but is " + network.repeat());
        }
        if (!HeadNetwork.ACTIVATIONS.contains(network.activation())) {
            throw new ClapException("The activation of a head should be " + String.join(" or ", HeadNetwork.ACTIVATIONS)
                    + ", but is " + network.activation());
        }
        long latent = network.latentDim();
        long weights = latent * (network.inDim() + latent * network.repeat() + network.outDim());
        if (weights > MOST_WEIGHTS) {
            throw new ClapException("The layers of a head should have at most " + MOST_WEIGHTS + " weights, but have "
                    + weights + "; choose smaller dimensions or fewer layers");
        }
    }

    private static void checkDim(String which, int dim) {
        if (dim < 1 || dim > MOST_DIM) {
            throw new ClapException(
                    "The dimensions of a head should be from 1 to " + MOST_DIM + ", but the " + which + " is " + dim);
        }
    }
}
