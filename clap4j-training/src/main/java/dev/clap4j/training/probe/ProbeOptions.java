package dev.clap4j.training.probe;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Settings for training a linear probe with Adam.
 *
 * @param learningRate Adam's learning rate, above 0
 * @param batchSize rows in a step, at least 1; the last batch of an epoch may be smaller
 * @param maxEpochs the maximum number of epochs, at least 1
 * @param patience the number of epochs that may fail to improve, see {@link ProbeStopping}
 * @param minImprovement by how much an epoch's mean loss must fall below the best to count as an improvement
 * @param order the order of the rows
 */
public record ProbeOptions(
        double learningRate, int batchSize, int maxEpochs, int patience, double minImprovement, Order order)
        implements ProbeRecipe {
    /** The settings of the published results (CLAP, section 4.2). */
    public static final ProbeOptions OFFICIAL = new ProbeOptions(0.005, 32, 1000, 10, 0.001, Order.SHUFFLED);

    /** The order of the rows in an epoch. */
    public enum Order {
        /** The given order in every epoch. */
        FIXED,
        /** A new order for every epoch, drawn from the seed. */
        SHUFFLED
    }

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a value is out of range
     */
    public ProbeOptions {
        Objects.requireNonNull(order, "order");
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new ClapException("The learning rate of a probe should be above 0, but is " + learningRate);
        }
        if (batchSize < 1 || maxEpochs < 1 || patience < 1) {
            throw new ClapException("A probe's batch size, epochs and patience should be 1 or more, but are "
                    + batchSize + ", " + maxEpochs + " and " + patience);
        }
        if (!(minImprovement >= 0)) {
            throw new ClapException("The improvement that counts should be 0 or more, but is " + minImprovement);
        }
    }

    /** Returns these options with another order. */
    public ProbeOptions withOrder(Order other) {
        return new ProbeOptions(learningRate, batchSize, maxEpochs, patience, minImprovement, other);
    }

    /** Returns these options with another batch size. */
    public ProbeOptions withBatchSize(int other) {
        return new ProbeOptions(learningRate, other, maxEpochs, patience, minImprovement, order);
    }

    /** Returns these options with another maximum number of epochs and patience. */
    public ProbeOptions withEpochs(int most, int otherPatience) {
        return new ProbeOptions(learningRate, batchSize, most, otherPatience, minImprovement, order);
    }

    @Override
    public LinearProbe train(FeatureMatrix features, int[] labels, int classes, long seed) {
        return LinearProbe.train(features, labels, classes, this, seed);
    }

    @Override
    public String name() {
        return "official";
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("lr", String.valueOf(learningRate));
        all.put("batch", String.valueOf(batchSize));
        all.put("epochs", String.valueOf(maxEpochs));
        all.put("patience", String.valueOf(patience));
        all.put("delta", String.valueOf(minImprovement));
        all.put("order", order.name().toLowerCase(Locale.ROOT));
        return all;
    }
}
