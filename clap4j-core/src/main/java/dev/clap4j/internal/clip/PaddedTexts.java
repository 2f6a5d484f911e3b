package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.TextReading;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.TextTransformer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Texts of different lengths in one batch, as gradients need them.
 *
 * @param embedded token embeddings, with zeros in place of context vectors, {@code [b, n, width]}
 * @param ends the position of each text's last token, {@code [b]}
 * @param mask 0 for a token of a text, minus infinity for padding, {@code [b, 1, n]}; null if padding is not masked
 * @param shares each token's share of the mean over its text, {@code [b, 1, n]}; null if padding is not masked
 */
public record PaddedTexts(TensorData embedded, TensorData ends, TensorData mask, TensorData shares) {
    /**
     * Pads texts.
     *
     * @param table the embeddings of the vocabulary, {@code [vocabulary, width]}
     * @throws ClapException if the tower is CoCa's, whose class token is not part of a text
     */
    public static PaddedTexts of(TextTower tower, List<TokenSequence> texts, TensorData table) {
        if (tower instanceof TextTransformer transformer
                && transformer.reading().place() == TextReading.Place.CLASS) {
            throw new ClapException(
                    "Gradients of texts are not supported for CoCa, whose class token follows every text");
        }
        Padding padding = tower.padding();
        boolean masked = padding.effect() == Padding.Effect.MASKED;
        int longest = padding.effect() == Padding.Effect.SEEN
                ? tower.contextLength()
                : texts.stream().mapToInt(TokenSequence::length).max().orElseThrow();
        int width = tower.width();
        int rows = texts.size();
        float[] values = new float[Math.multiplyExact(rows * longest, width)];
        long[] ends = new long[rows];
        float[] mask = new float[rows * longest];
        float[] shares = new float[rows * longest];
        FloatBuffer vocabulary = table.bytes().asFloatBuffer();
        for (int row = 0; row < rows; row++) {
            int[] ids = texts.get(row).ids();
            ends[row] = ids.length - 1L;
            int first = row * longest;
            Arrays.fill(mask, first + ids.length, first + longest, Float.NEGATIVE_INFINITY);
            Arrays.fill(shares, first, first + ids.length, 1f / ids.length);
            for (int place = 0; place < longest; place++) {
                int id = place < ids.length ? ids[place] : padding.id();
                boolean seen = place < ids.length || padding.effect() == Padding.Effect.SEEN;
                if (seen && id != TokenSequence.CONTEXT) {
                    vocabulary.get(id * width, values, (first + place) * width, width);
                }
            }
        }
        return new PaddedTexts(
                TensorData.of("embedded", values, rows, longest, width),
                TensorData.of("ends", ends, rows),
                masked ? TensorData.of("mask", mask, rows, 1, longest) : null,
                masked ? TensorData.of("shares", shares, rows, 1, longest) : null);
    }
}
