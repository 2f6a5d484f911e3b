package dev.clap4j.internal.tokenizer.pipeline;

/**
 * A token that is matched in a text before anything else, such as {@code <|endoftext|>} or a learned {@code <cat-toy>}.
 *
 * @param content its spelling, not empty
 * @param id its id
 * @param singleWord whether it must not be adjacent to letters, digits or the like
 * @param lstrip whether it absorbs white space before it
 * @param rstrip whether it absorbs white space after it
 * @param normalized whether it is matched in the normalized text instead of the original
 */
public record AddedToken(
        String content, int id, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {
    /** Creates a token without further conditions. */
    public static AddedToken of(String content, int id, boolean normalized) {
        return new AddedToken(content, id, false, false, false, normalized);
    }
}
