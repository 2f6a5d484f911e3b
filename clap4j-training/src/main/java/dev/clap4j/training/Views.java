package dev.clap4j.training;

import dev.clap4j.ClapException;
import java.util.Objects;

/**
 * The number of views per image in Im.Aug.
 *
 * @param perImage the number of views drawn for each image, each encoded when a step first needs it; 0 if every step
 *     draws a new view, as in the authors' code
 */
public record Views(int perImage) {
    /**
     * Four views per image. An image is drawn about 20 times in a run with the published settings, so caching four
     * views makes a run about four times cheaper.
     */
    public static final Views CACHED = new Views(4);

    /** A new view of each image in every step. */
    public static final Views FRESH = new Views(0);

    /**
     * Checks the range.
     *
     * @throws ClapException if the number is negative
     */
    public Views {
        if (perImage < 0) {
            throw new ClapException("The number of views of an image should be 1 or more, but is " + perImage);
        }
    }

    /**
     * Parses a number of 1 or more, or {@code fresh}.
     *
     * @throws ClapException if the text is neither
     */
    public static Views parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.strip().equalsIgnoreCase("fresh")) {
            return FRESH;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return new Views(number);
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number that is too small.
        }
        throw new ClapException("The views of an image are a number from 1 on, or fresh, not \"" + text + "\"");
    }

    /** Returns whether every step draws new views. */
    public boolean areFresh() {
        return perImage == 0;
    }

    /** Returns the text that {@link #parse} accepts for this value. */
    public String describe() {
        return areFresh() ? "fresh" : String.valueOf(perImage);
    }
}
