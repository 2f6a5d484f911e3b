package dev.clap4j.internal.nn;

/**
 * The attention among the tokens of a text, and the token whose output is the feature.
 *
 * @param place the token whose output is the feature
 * @param padding the padding and its effect; without effect if tokens attend only to those before them
 */
public record TextReading(Place place, Padding padding) {
    /** The tokens that may be read. */
    public enum Place {
        /** The end token. */
        END,
        /** The first token. */
        FIRST,
        /** The last token of the context, padding or not. */
        LAST,
        /** A class token after the last place of the context (CoCa). */
        CLASS
    }

    /** CLIP's: tokens attend to those before them, and the end token is read. */
    public static final TextReading CLIP = new TextReading(Place.END, Padding.BEHIND);

    /** Creates a reading in which all tokens attend to all, padding included. */
    public static TextReading ofWholeContext(Place place, int paddingId) {
        return new TextReading(place, new Padding(Padding.Effect.SEEN, paddingId));
    }

    /** Returns whether tokens attend only to those before them. */
    public boolean isCausal() {
        return padding.effect() == Padding.Effect.NONE;
    }
}
