package dev.clap4j.evaluation.attack;

import dev.clap4j.evaluation.PromptResult;
import java.util.List;

/**
 * A method's accuracy under one attack.
 *
 * @param attack its name; {@code none} for the images as they are
 * @param prompts the accuracy by prompt, that of the attacked classifier first; the others see the same images
 * @param successRate the percentage of the images recognised without attack no longer recognised; null if
 *     none was
 * @param right the number of images classified correctly
 * @param zeroGradients the number of images whose gradient was zero everywhere
 * @param change the mean over images of the largest change of a value, in the 256 levels of an image file
 */
public record AttackRow(
        String attack, List<PromptResult> prompts, Double successRate, int right, int zeroGradients, double change) {
    /** Makes the list unmodifiable. */
    public AttackRow {
        prompts = List.copyOf(prompts);
    }

    /** The accuracy of the attacked classifier. */
    public PromptResult attacked() {
        return prompts.get(0);
    }
}
