package dev.clap4j.internal.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The images and views of each step of Im.Aug. Batches are drawn from all pairs of class and prompt, without
 * replacement, as in CLAP; then one of the prompt's images is drawn, and one of the image's views.
 */
final class ImAugPlan implements Plan<ImageView, ImageView> {
    private final ImAugOptions options;
    private final List<PromptedImages.Prompt> prompts;
    private final Streams streams;
    private final BatchOrder order;

    /**
     * Creates a plan.
     *
     * @throws ClapException if there are fewer prompts than a batch takes
     */
    ImAugPlan(ImAugOptions options, PromptedImages images) {
        this.options = options;
        this.prompts = images.prompts();
        this.streams = new Streams(options.seed());
        if (prompts.size() < options.batchSize()) {
            throw new ClapException("A batch of " + options.batchSize() + " cannot be drawn from the images of "
                    + prompts.size() + " prompts; use smaller batches, or images of more prompts");
        }
        this.order = new BatchOrder(prompts.size(), options.batchSize(), streams);
    }

    @Override
    public List<PlannedViews> interval(int interval) {
        int length = options.schedule().intervalSteps();
        List<PlannedViews> steps = new ArrayList<>(length);
        for (int step = interval * length; step < (interval + 1) * length; step++) {
            steps.add(step(step));
        }
        return steps;
    }

    private PlannedViews step(int step) {
        RandomGenerator random = streams.get("images", step);
        boolean fresh = options.views().areFresh();
        List<ImageView> images = new ArrayList<>();
        List<ImageView> views = new ArrayList<>();
        for (int sample : order.of(step)) {
            List<String> ofPrompt = prompts.get(sample).images();
            String image = ofPrompt.get(random.nextInt(ofPrompt.size()));
            images.add(ImageView.plain(image));
            // An image occurs at most once in a step, so the step's index identifies its fresh view.
            views.add(new ImageView(
                    image, fresh ? step : random.nextInt(options.views().perImage())));
        }
        return new PlannedViews(images, views, fresh);
    }
}
