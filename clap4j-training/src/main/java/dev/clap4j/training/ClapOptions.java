package dev.clap4j.training;

import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.objective.ClapObjective;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The hyper-parameters, classes and seed that, together with the model, determine a CLAP head. Start from a
 * {@link Preset} or from {@link Defaults}.
 *
 * @param classes the class names as they appear in prompts, without duplicates
 * @param network the geometry of the head; its input dimension is that of the model's features
 * @param objective the training objective
 * @param augmentation the augmentation of prompts
 * @param noise the Gaussian vectors in augmented prompts
 * @param batchSize the number of prompts in a batch, at least 2
 * @param learningRate the learning rate of Adam, above 0 and at most 1
 * @param schedule the number of steps and the early stopping
 * @param alpha the α that the head recommends for inference; training itself uses 1
 * @param seed the seed of all randomness
 */
public record ClapOptions(
        List<String> classes,
        HeadNetwork network,
        ClapObjective objective,
        Augmentation augmentation,
        ContextNoise noise,
        int batchSize,
        double learningRate,
        Schedule schedule,
        float alpha,
        long seed)
        implements HeadOptions {

    /**
     * Checks all that can be checked without the prompts.
     *
     * @throws dev.clap4j.ClapException if there are no classes, a class is blank or a duplicate, or a number is out of
     *     range
     */
    public ClapOptions {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(noise, "noise");
        Objects.requireNonNull(schedule, "schedule");
        classes = HeadOptionChecks.classes(classes);
        HeadOptionChecks.check(classes, network, batchSize, "prompts", learningRate, alpha);
    }

    @Override
    public Map<String, String> describe() {
        return Hyperparameter.describe(HeadHyperparameters.CLAP, this);
    }

    /** Returns a copy with another network. */
    public ClapOptions withNetwork(HeadNetwork other) {
        return new ClapOptions(
                classes, other, objective, augmentation, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another objective. */
    public ClapOptions withObjective(ClapObjective other) {
        return new ClapOptions(
                classes, network, other, augmentation, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another augmentation. */
    public ClapOptions withAugmentation(Augmentation other) {
        return new ClapOptions(
                classes, network, objective, other, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with other noise. */
    public ClapOptions withNoise(ContextNoise other) {
        return new ClapOptions(
                classes, network, objective, augmentation, other, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another batch size. */
    public ClapOptions withBatchSize(int other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, other, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another learning rate. */
    public ClapOptions withLearningRate(double other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, other, schedule, alpha, seed);
    }

    /** Returns a copy with another schedule. */
    public ClapOptions withSchedule(Schedule other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, other, alpha, seed);
    }

    /** Returns a copy with another {@code alpha}. */
    public ClapOptions withAlpha(float other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, schedule, other, seed);
    }

    /** Returns a copy with another seed. */
    public ClapOptions withSeed(long other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, schedule, alpha, other);
    }
}
