package dev.clap4j.training;

import dev.clap4j.ClapException;

/**
 * How many views of an image Im.Aug learns from.
 *
 * @param perImage views that are drawn once for each image, and encoded when a step first asks for them; 0 if every step
 *     draws views of its own, as the authors' code does
 */
public record Views(int perImage) {
    /**
     * Four of each image. An image comes up about 20 times in a whole run with the published settings: so few views make
     * a run four times as cheap.
     */
    public static final Views CACHED = new Views(4);

    /** Every step draws its own. */
    public static final Views FRESH = new Views(0);

    /**
     * Checks the number.
     *
     * @throws ClapException if it is negative
     */
    public Views {
        if (perImage < 0) {
            throw new ClapException("The number of views of an image should be 1 or more, but is " + perImage);
        }
    }

    /**
     * A number, or {@code fresh}.
     *
     * @throws ClapException if it is neither
     */
    public static Views parse(String text) {
        if (text.strip().equalsIgnoreCase("fresh")) {
            return FRESH;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number > 0) {
                return new Views(number);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too small.
        }
        throw new ClapException("The views of an image are a number from 1 on, or fresh, not \"" + text + "\"");
    }

    /** Whether every step draws its own. */
    public boolean areFresh() {
        return perImage == 0;
    }

    /** The text that {@link #parse} reads as this. */
    public String describe() {
        return areFresh() ? "fresh" : String.valueOf(perImage);
    }
}
