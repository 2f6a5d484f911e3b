package dev.clap4j.internal.tokenizer.pipeline;

/**
 * A token that is looked for in texts before anything else, such as {@code <|endoftext|>} or a learned {@code <cat-toy>}.
 *
 * @param content how it is written, not empty
 * @param id its id
 * @param singleWord whether it must not touch letters, digits or the like
 * @param lstrip whether it swallows white space before it
 * @param rstrip whether it swallows white space behind it
 * @param normalized whether it is looked for in the normalized text, rather than in the text as it comes
 */
public record AddedToken(
        String content, int id, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {
    /** A token without further conditions. */
    public static AddedToken of(String content, int id, boolean normalized) {
        return new AddedToken(content, id, false, false, false, normalized);
    }
}
