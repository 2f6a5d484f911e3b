package dev.clap4j.training;

import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.training.augment.ImageAugmentation;
import dev.clap4j.training.objective.ImAugObjective;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides which head Im.Aug gives, besides the model and the images. It shares most of it with CLAP: start
 * from {@link #like}.
 *
 * @param classes their names, each once
 * @param network the geometry of the head; what goes in are features of the model's dimension
 * @param objective what is minimised
 * @param augmentation how views are drawn
 * @param views how many there are
 * @param batchSize images in a step, at least 2
 * @param learningRate Adam's, above 0 and at most 1
 * @param schedule how long training goes on
 * @param alpha the strength α that the head suggests for inference; training itself uses 1
 * @param seed all randomness comes from it
 */
public record ImAugOptions(
        List<String> classes,
        ResidualMlp network,
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
     * Checks what can be checked without the images.
     *
     * @throws dev.clap4j.ClapException if there is no class, one is empty or comes twice, or a number is out of range
     */
    public ImAugOptions {
        classes = List.copyOf(classes);
        HeadOptionChecks.check(classes, network, batchSize, "images", learningRate, alpha);
    }

    /** What CLAP's options say of classes, network, batches and steps, with the published objective and augmentation. */
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
        return OptionNames.describe(this);
    }

    /** The same with another objective. */
    public ImAugOptions withObjective(ImAugObjective other) {
        return new ImAugOptions(
                classes, network, other, augmentation, views, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with another augmentation. */
    public ImAugOptions withAugmentation(ImageAugmentation other) {
        return new ImAugOptions(
                classes, network, objective, other, views, batchSize, learningRate, schedule, alpha, seed);
    }

    /** The same with more or fewer views. */
    public ImAugOptions withViews(Views other) {
        return new ImAugOptions(
                classes, network, objective, augmentation, other, batchSize, learningRate, schedule, alpha, seed);
    }
}
