package dev.clap4j.internal.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.source.PromptLanguages;
import dev.clap4j.training.source.PromptSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The prompts of each step of CLAP, with their augmentation and noise. Batches are drawn from all pairs of class and
 * prompt, without replacement.
 */
public final class TrainingPlan implements Plan<String, ContextText> {
    private final ClapOptions options;
    private final int contextWidth;
    private final Streams streams;
    private final PromptSource source;
    private final List<String> prompts = new ArrayList<>();
    private final List<String> classNames = new ArrayList<>();
    private final BatchOrder order;

    private TrainingPlan(
            ClapOptions options, PromptSource source, List<List<String>> promptsByClass, int contextWidth) {
        this.options = options;
        this.source = source;
        this.contextWidth = contextWidth;
        this.streams = new Streams(options.seed());
        for (int i = 0; i < promptsByClass.size(); i++) {
            for (String prompt : promptsByClass.get(i)) {
                prompts.add(prompt);
                classNames.add(options.classes().get(i));
            }
        }
        if (prompts.size() < options.batchSize()) {
            throw new ClapException("A batch of " + options.batchSize() + " cannot be drawn from " + prompts.size()
                    + " prompts; use smaller batches, or more classes or prompts");
        }
        this.order = new BatchOrder(prompts.size(), options.batchSize(), streams);
    }

    /**
     * Creates a plan on template prompts.
     *
     * @param contextWidth the width of the model's token embeddings
     * @throws ClapException if there are fewer prompts than a batch takes
     */
    public static TrainingPlan of(ClapOptions options, int contextWidth) {
        return of(options, PromptSource.template(), contextWidth);
    }

    /**
     * Creates a plan on the prompts of a source.
     *
     * @param contextWidth the width of the model's token embeddings
     * @throws ClapException if a class has no prompts, or there are fewer prompts than a batch takes
     */
    public static TrainingPlan of(ClapOptions options, PromptSource source, int contextWidth) {
        List<List<String>> prompts = options.classes().stream().map(source::of).toList();
        return new TrainingPlan(options, source, prompts, contextWidth);
    }

    /**
     * Creates a plan on the given prompts.
     *
     * @param promptsByClass the prompts of each class, in the order of the classes
     * @param contextWidth the width of the model's token embeddings
     * @throws ClapException if there are fewer prompts than a batch takes
     */
    public static TrainingPlan of(ClapOptions options, List<List<String>> promptsByClass, int contextWidth) {
        if (promptsByClass.size() != options.classes().size()) {
            throw new IllegalArgumentException(promptsByClass.size() + " lists of prompts for "
                    + options.classes().size() + " classes");
        }
        return new TrainingPlan(options, PromptSource.template(), promptsByClass, contextWidth);
    }

    /** Returns the steps of an interval between two checks. */
    @Override
    public List<PlannedStep> interval(int interval) {
        int length = options.schedule().intervalSteps();
        List<PlannedStep> steps = new ArrayList<>(length);
        for (int step = interval * length; step < (interval + 1) * length; step++) {
            steps.add(step(step));
        }
        return steps;
    }

    /** Returns the name of the prompt source, and a description of its language if it does not come with clap4j. */
    @Override
    public Map<String, String> describe() {
        Map<String, String> described = new LinkedHashMap<>(Map.of(PromptLanguages.SOURCE, source.name()));
        PromptLanguages.describe(source.language())
                .ifPresent(language -> described.put(PromptLanguages.DESCRIPTION, language));
        return described;
    }

    /** Returns all prompts that batches are drawn from, without augmentation. */
    public List<String> prompts() {
        return List.copyOf(prompts);
    }

    private PlannedStep step(int step) {
        RandomGenerator augmenting = streams.get("augmentation", step);
        List<String> batch = new ArrayList<>();
        List<String> augmented = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int sample : order.of(step)) {
            batch.add(prompts.get(sample));
            String counterpart = source.counterpart(prompts.get(sample), augmenting);
            augmented.add(options.augmentation().apply(counterpart, source.language(), augmenting));
            names.add(classNames.get(sample));
        }
        RandomGenerator noise = streams.get("noise", step);
        ContextPosition[] positions = ContextPosition.values();
        ContextPosition position = positions[noise.nextInt(positions.length)];
        return new PlannedStep(batch, augmented, names, context(noise), position);
    }

    private float[][] context(RandomGenerator noise) {
        float[][] context = new float[options.noise().vectors()][contextWidth];
        for (float[] vector : context) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (noise.nextGaussian() * options.noise().std());
            }
        }
        return context;
    }
}
