package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.ClapException;
import dev.clap4j.internal.diffusion.model.Prompt;

/**
 * A picture to be drawn.
 *
 * @param prompt the description
 * @param negative a description to stay away from; null for none
 * @param settings the numbers
 * @param beginning the picture to begin with; null to begin with noise alone
 * @param strength the share of the steps that a given picture goes through, above 0 to 1; 1 without a picture
 */
public record Drawing(
        Prompt prompt, Prompt negative, DrawingSettings settings, PixelPlanes beginning, double strength) {
    /**
     * Checks the picture and the strength.
     *
     * @throws ClapException if the strength is out of range
     * @throws IllegalArgumentException if the picture has not the size of the settings
     */
    public Drawing {
        if (!(strength > 0 && strength <= 1)) {
            throw new ClapException("The strength should be above 0 and at most 1, but is " + strength);
        }
        if (beginning != null && (beginning.height() != settings.height() || beginning.width() != settings.width())) {
            throw new IllegalArgumentException("The picture is " + beginning.width() + "×" + beginning.height());
        }
    }

    /** Returns a picture that begins with noise. */
    public static Drawing of(Prompt prompt, Prompt negative, DrawingSettings settings) {
        return new Drawing(prompt, negative, settings, null, 1);
    }

    /** Returns this drawing beginning with a picture. */
    public Drawing from(PixelPlanes picture, double share) {
        return new Drawing(prompt, negative, settings, picture, share);
    }
}
