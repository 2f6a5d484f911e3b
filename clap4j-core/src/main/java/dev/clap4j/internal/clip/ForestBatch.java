package dev.clap4j.internal.clip;

import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Forests of tokens as the text transformer takes them: side by side, padded to the largest. */
final class ForestBatch {
    private final List<TokenForest> forests;
    private final int size;
    private final int texts;

    private ForestBatch(List<TokenForest> forests) {
        this.forests = forests;
        this.size = forests.stream().mapToInt(TokenForest::size).max().orElseThrow();
        this.texts =
                forests.stream().mapToInt(forest -> forest.texts().length).max().orElseThrow();
    }

    /**
     * All forests. Neighbours are put together as long as no more than a quarter is padding, and then shared out evenly, so
     * that the last batch is no small one.
     *
     * @param tokens the most that a batch has, padding included; only a single forest may have more
     */
    static List<ForestBatch> of(List<TokenForest> forests, int tokens) {
        List<ForestBatch> batches = new ArrayList<>();
        for (int start = 0, end; start < forests.size(); start = end) {
            end = start + 1;
            int largest = forests.get(start).size();
            int sum = largest;
            while (end < forests.size()) {
                int size = forests.get(end).size();
                if (3 * (end + 1 - start) * Math.max(largest, size) > 4 * (sum + size)) {
                    break;
                }
                largest = Math.max(largest, size);
                sum += size;
                end++;
            }
            int together = end - start;
            int batchSize = Math.max(1, tokens / largest);
            int count = (together + batchSize - 1) / batchSize;
            for (int i = 0; i < count; i++) {
                batches.add(new ForestBatch(
                        forests.subList(start + together * i / count, start + together * (i + 1) / count)));
            }
        }
        return batches;
    }

    /**
     * The tokens' embeddings, {@code [b, size, width]}.
     *
     * @param numbered knows the context vectors among the tokens
     * @param table the embeddings of all others, {@code [vocabulary, width]}
     * @param memory where they are put
     */
    TensorData embedded(NumberedTexts numbered, FloatBuffer table, int width, ReusedMemory memory) {
        TensorData embedded = memory.floats("embedded", forests.size(), size, width);
        FloatBuffer values = embedded.bytes().asFloatBuffer();
        float[] padding = new float[width];
        for (TokenForest forest : forests) {
            for (int token : forest.tokens()) {
                if (token < 0) {
                    values.put(numbered.vector(token));
                } else {
                    values.put(table.slice(token * width, width));
                }
            }
            for (int place = forest.size(); place < size; place++) {
                values.put(padding);
            }
        }
        return embedded;
    }

    /** How many ancestors each token has, {@code [b, size]}. */
    TensorData depths() {
        return rows("depths", forests.stream().map(TokenForest::depths).toList(), size);
    }

    /**
     * Which token sees which, {@code [b, size, size]}. Padding sees itself, since it has to see something.
     *
     * @param memory where it is put
     */
    TensorData mask(ReusedMemory memory) {
        TensorData mask = memory.floats("mask", forests.size(), size, size);
        FloatBuffer values = mask.bytes().asFloatBuffer();
        float[] line = new float[size];
        for (TokenForest forest : forests) {
            int[] parents = forest.parents();
            for (int place = 0; place < size; place++) {
                Arrays.fill(line, Float.NEGATIVE_INFINITY);
                line[place] = 0;
                int seen = place < parents.length ? parents[place] : TokenForest.NONE;
                while (seen != TokenForest.NONE) {
                    line[seen] = 0;
                    seen = parents[seen];
                }
                values.put(line);
            }
        }
        return mask;
    }

    /** The places of the texts' last tokens, {@code [b, texts]}. */
    TensorData ends() {
        return rows("ends", forests.stream().map(TokenForest::ends).toList(), texts);
    }

    private static TensorData rows(String name, List<int[]> rows, int length) {
        long[] padded = new long[rows.size() * length];
        for (int row = 0; row < rows.size(); row++) {
            int[] values = rows.get(row);
            for (int i = 0; i < values.length; i++) {
                padded[row * length + i] = values[i];
            }
        }
        return TensorData.of(name, padded, rows.size(), length);
    }

    /**
     * Puts features where their texts are in the whole set.
     *
     * @param encoded {@code [b, texts, dim]}
     * @param features {@code [all texts, dim]}
     * @return how many texts there were
     */
    int scatter(FloatBuffer encoded, float[] features, int dim) {
        int count = 0;
        for (int row = 0; row < forests.size(); row++) {
            int place = row * texts * dim;
            for (int text : forests.get(row).texts()) {
                encoded.position(place).get(features, text * dim, dim);
                place += dim;
                count++;
            }
        }
        return count;
    }
}
