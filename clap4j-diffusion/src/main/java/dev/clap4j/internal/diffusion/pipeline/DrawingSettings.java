package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.ClapException;

/**
 * The numbers that a picture is drawn with.
 *
 * @param height height of the picture in pixels
 * @param width its width
 * @param steps number of steps
 * @param originalSteps number of steps of a distilled model's distillation; 0 for the configured number
 * @param guidance weight of the difference that the prompt makes; the model is asked without the prompt too if it is
 *     above 1 (Ho and Salimans 2022, <a href="https://arxiv.org/abs/2207.12598">arXiv:2207.12598</a>)
 * @param guidanceRescale share of the guided prediction that gets the deviation of the unguided one, 0 to 1 (Lin et al.
 *     2024, <a href="https://arxiv.org/abs/2305.08891">arXiv:2305.08891</a>, section 3.4)
 * @param clipSkip number of the text encoder's last layers to leave out for the prompt
 * @param sizes sizes for models that are conditioned with them
 * @param negativeSizes those that go with the negative prompt
 */
public record DrawingSettings(
        int height,
        int width,
        int steps,
        int originalSteps,
        double guidance,
        double guidanceRescale,
        int clipSkip,
        PictureSizes sizes,
        PictureSizes negativeSizes) {
    private static final int MOST_STEPS = 10_000;

    /**
     * Checks the numbers.
     *
     * @throws ClapException if one is out of range
     */
    public DrawingSettings {
        if (Math.min(height, width) < 1) {
            throw new ClapException(
                    "A picture has at least one pixel a side, but " + width + "×" + height + " are asked for");
        }
        requireRange("number of steps", steps, 1, MOST_STEPS);
        requireRange("number of original steps", originalSteps, 0, MOST_STEPS);
        requireRange("guidance", guidance, 0, 1000);
        requireRange("guidance rescale", guidanceRescale, 0, 1);
        requireRange("clip skip", clipSkip, 0, 1000);
    }

    private static void requireRange(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ClapException("The " + name + " should be from " + shown(least) + " to " + shown(most)
                    + ", but is " + shown(value));
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** Returns settings for a whole picture, without rescaled guidance or skipped layers. */
    public static DrawingSettings of(int height, int width, int steps, double guidance) {
        PictureSizes sizes = PictureSizes.whole(height, width);
        return new DrawingSettings(height, width, steps, 0, guidance, 0, 0, sizes, sizes);
    }

    /** Returns these settings with rescaled guidance and skipped layers. */
    public DrawingSettings with(double rescale, int skip) {
        return new DrawingSettings(height, width, steps, originalSteps, guidance, rescale, skip, sizes, negativeSizes);
    }
}
