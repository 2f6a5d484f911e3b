package dev.clap4j.training;

import dev.clap4j.training.augment.ImageAugmentation;
import dev.clap4j.training.objective.ImAugObjective;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The hyper-parameters, classes and seed that, together with the model and the images, determine an Im.Aug head. Most
 * are those of CLAP; start from {@link #like}.
 *
 * @param classes the class names, without duplicates
 * @param network the geometry of the head; its input dimension is that of the model's features
 * @param objective the training objective
 * @param augmentation the augmentation that views are drawn with
 * @param views the number of views per image
 * @param batchSize the number of images in a batch, at least 2
 * @param learningRate the learning rate of Adam, above 0 and at most 1
 * @param schedule the number of steps and the early stopping
 * @param alpha the α that the head recommends for inference; training itself uses 1
 * @param seed the seed of all randomness
 */
public record ImAugOptions(
        List<String> classes,
        HeadNetwork network,
        ImAugObjective objective,
        ImageAugmentation augmentation,
        Views views,
        int batchSize,
        double learningRate,
        Schedule schedule,
        float alpha,
        long seed)
        implements HeadOptions {

    /**
     * Checks all that can be checked without the images.
     *
     * @throws dev.clap4j.ClapException if there are no classes, a class is blank or a duplicate, or a number is out of
     *     range
     */
    public ImAugOptions {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(views, "views");
        Objects.requireNonNull(schedule, "schedule");
        classes = HeadOptionChecks.classes(classes);
        HeadOptionChecks.check(classes, network, batchSize, "images", learningRate, alpha);
    }

    /** Returns options with the published objective and augmentation, and everything else as in CLAP's options. */
    public static ImAugOptions like(ClapOptions options) {
        return new ImAugOptions(
                options.classes(),
                options.network(),
                ImAugObjective.official(),
                ImageAugmentation.OFFICIAL,
                Views.CACHED,
                options.batchSize(),
                options.learningRate(),
                options.schedule(),
                options.alpha(),
                options.seed());
    }

    @Override
    public Map<String, String> describe() {
        return Hyperparameter.describe(HeadHyperparameters.IM_AUG, this);
    }

    /** Returns a copy with another objective. */
    public ImAugOptions withObjective(ImAugObjective other) {
        return new ImAugOptions(
                classes, network, other, augmentation, views, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another augmentation. */
    public ImAugOptions withAugmentation(ImageAugmentation other) {
        return new ImAugOptions(
                classes, network, objective, other, views, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another number of views. */
    public ImAugOptions withViews(Views other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, other, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another network. */
    public ImAugOptions withNetwork(HeadNetwork other) {
        return new ImAugOptions(
                classes, other, objective, augmentation, views, batchSize, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another batch size. */
    public ImAugOptions withBatchSize(int other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, views, other, learningRate, schedule, alpha, seed);
    }

    /** Returns a copy with another learning rate. */
    public ImAugOptions withLearningRate(double other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, views, batchSize, other, schedule, alpha, seed);
    }

    /** Returns a copy with another schedule. */
    public ImAugOptions withSchedule(Schedule other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, views, batchSize, learningRate, other, alpha, seed);
    }

    /** Returns a copy with another suggested alpha. */
    public ImAugOptions withAlpha(float other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, views, batchSize, learningRate, schedule, other, seed);
    }
}
