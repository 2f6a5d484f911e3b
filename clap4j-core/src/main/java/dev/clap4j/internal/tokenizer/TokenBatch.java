package dev.clap4j.internal.tokenizer;

import dev.clap4j.internal.tokenizer.pipeline.Padding;
import java.util.List;

/**
 * Texts as a text encoder takes them: all of the same length.
 *
 * @param ids the token ids, shape {@code [n, L]}
 * @param mask which of them are not padding, shape {@code [n, L]}; for encoders that do not attend to padding
 */
public record TokenBatch(int[][] ids, boolean[][] mask) {
    static TokenBatch of(List<int[]> texts, Padding padding, int length) {
        return new TokenBatch(
                texts.stream().map(ids -> padding.pad(ids, length)).toArray(int[][]::new),
                texts.stream().map(ids -> padding.mask(ids, length)).toArray(boolean[][]::new));
    }
}
