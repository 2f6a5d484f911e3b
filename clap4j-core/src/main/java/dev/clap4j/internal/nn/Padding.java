package dev.clap4j.internal.nn;

/**
 * The padding after a text and its effect on the feature.
 *
 * @param effect the effect
 * @param id the token with which texts are padded
 * @param after how many of a text's last tokens come after its padding
 */
public record Padding(Effect effect, int id, int after) {
    /** The effects of padding. */
    public enum Effect {
        /** None, since tokens attend only to those before them. */
        NONE,
        /** None, since it is masked. */
        MASKED,
        /** All tokens attend to it, so every text is padded to the context length. */
        SEEN
    }

    /** Creates padding that follows all tokens of a text. */
    public Padding(Effect effect, int id) {
        this(effect, id, 0);
    }

    /** Returns padding that is masked. */
    public static Padding masked(int id) {
        return new Padding(Effect.MASKED, id);
    }

    /** Padding that has no effect, since tokens attend only to those before them. */
    public static final Padding BEHIND = new Padding(Effect.NONE, 0);
}
