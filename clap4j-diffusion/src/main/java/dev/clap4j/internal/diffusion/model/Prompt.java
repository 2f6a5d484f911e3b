package dev.clap4j.internal.diffusion.model;

/**
 * A prompt.
 *
 * @param text the text
 * @param second the text for a second text encoder; null or empty for the same text
 */
public record Prompt(String text, String second) {
    /** Creates a prompt that is the same for all text encoders. */
    public static Prompt of(String text) {
        return new Prompt(text, null);
    }

    /** Returns the text for a second text encoder. */
    String forSecond() {
        return second == null || second.isEmpty() ? text : second;
    }
}
