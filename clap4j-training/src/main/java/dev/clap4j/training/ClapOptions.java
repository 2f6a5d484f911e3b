package dev.clap4j.training;

import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.objective.ClapObjective;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides which head CLAP gives, besides the model. Start from a {@link Preset} or from
 * {@link Defaults}.
 *
 * @param classes names as they should stand in prompts, each once
 * @param network the geometry of the head; what goes in are features of the model's dimension
 * @param objective what is minimised
 * @param augmentation how prompts are changed
 * @param noise Gaussian vectors in augmented prompts
 * @param batchSize prompts in a step, at least 2
 * @param learningRate Adam's, above 0 and at most 1
 * @param schedule how long training goes on
 * @param alpha the strength α that the head suggests for inference; training itself uses 1
 * @param seed all randomness comes from it
 */
public record ClapOptions(
        List<String> classes,
        ResidualMlp network,
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
     * Checks what can be checked without the prompts.
     *
     * @throws dev.clap4j.ClapException if there is no class, one is empty or comes twice, or a number is out of range
     */
    public ClapOptions {
        classes = List.copyOf(classes);
        HeadOptionChecks.check(classes, network, batchSize, "prompts", learningRate, alpha);
    }

    @Override
    public Map<String, String> describe() {
        return OptionNames.describe(this);
    }

    /** The same with another geometry. */
    public ClapOptions withNetwork(ResidualMlp other) {
        return new ClapOptions(
                classes, other, objective, augmentation, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with another objective. */
    public ClapOptions withObjective(ClapObjective other) {
        return new ClapOptions(
                classes, network, other, augmentation, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with another augmentation. */
    public ClapOptions withAugmentation(Augmentation other) {
        return new ClapOptions(
                classes, network, objective, other, noise, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with other noise. */
    public ClapOptions withNoise(ContextNoise other) {
        return new ClapOptions(
                classes, network, objective, augmentation, other, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with another batch size. */
    public ClapOptions withBatchSize(int other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, other, learningRate, schedule, alpha, seed);
    }

    /** The same with another learning rate. */
    public ClapOptions withLearningRate(double other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, other, schedule, alpha, seed);
    }

    /** The same with another schedule. */
    public ClapOptions withSchedule(Schedule other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, other, alpha, seed);
    }

    /** The same with another suggestion for inference. */
    public ClapOptions withAlpha(float other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, schedule, other, seed);
    }

    /** The same with another seed. */
    public ClapOptions withSeed(long other) {
        return new ClapOptions(
                classes, network, objective, augmentation, noise, batchSize, learningRate, schedule, alpha, other);
    }
}
