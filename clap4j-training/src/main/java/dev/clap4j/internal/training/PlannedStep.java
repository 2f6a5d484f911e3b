package dev.clap4j.internal.training;

import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The prompts, augmentation and noise of one step.
 *
 * @param prompts the prompts of the batch
 * @param augmented the augmented form of each prompt
 * @param classNames the class of each prompt
 * @param context the step's Gaussian vectors, {@code [count, width]}; empty if noise is disabled
 * @param position the position of the vectors in the augmented prompts
 */
public record PlannedStep(
        List<String> prompts,
        List<String> augmented,
        List<String> classNames,
        float[][] context,
        ContextPosition position)
        implements PlannedBatch<String, ContextText> {

    /** Returns whether the augmented prompts contain noise. */
    public boolean isNoisy() {
        return context.length > 0;
    }

    @Override
    public List<String> lasting() {
        List<String> texts = new ArrayList<>(prompts);
        texts.addAll(classNames);
        if (!isNoisy()) {
            texts.addAll(augmented);
        }
        return texts;
    }

    @Override
    public List<ContextText> passing() {
        return isNoisy()
                ? augmented.stream()
                        .map(text -> new ContextText(text, context, position))
                        .toList()
                : List.of();
    }

    /** Returns the features of the prompts, then of the augmented prompts, then of the class names. */
    @Override
    public List<float[]> rows(Map<String, float[]> lasting, List<float[]> passing) {
        List<float[]> rows = new ArrayList<>();
        prompts.forEach(text -> rows.add(lasting.get(text)));
        rows.addAll(passing);
        if (!isNoisy()) {
            augmented.forEach(text -> rows.add(lasting.get(text)));
        }
        classNames.forEach(text -> rows.add(lasting.get(text)));
        return rows;
    }
}
