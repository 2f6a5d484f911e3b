package dev.clap4j.internal.clip;

import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch of token forests for the text transformer, padded to the largest. */
final class ForestBatch {
    private static final int HIDES_NOTHING = Integer.MIN_VALUE;

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
     * Splits forests into batches. Adjacent forests are grouped while at most a quarter is padding, and each group is
     * divided evenly, to avoid a small last batch.
     *
     * @param tokens the maximum number of tokens per batch, including padding; only a single forest may have more
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
     * Returns the token embeddings, {@code [b, size, width]}.
     *
     * @param numbered maps the numbers of context vectors to the vectors
     * @param table the embeddings of the vocabulary, {@code [vocabulary, width]}
     * @param memory holds the result
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

    /** Returns the number of ancestors of each token, {@code [b, size]}. */
    TensorData depths() {
        return rows("depths", forests.stream().map(TokenForest::depths).toList(), size);
    }

    /** Returns the positions of all tokens, {@code [b, size]}: their depths, but another one for the texts' last tokens. */
    TensorData depths(int ofLast) {
        List<int[]> depths = new ArrayList<>();
        for (TokenForest forest : forests) {
            int[] positions = forest.depths().clone();
            for (int end : forest.ends()) {
                positions[end] = ofLast;
            }
            depths.add(positions);
        }
        return rows("depths", depths, size);
    }

    /**
     * Returns the attention mask, {@code [b, size, size]}. Padding attends to itself, since each position must attend
     * to something.
     *
     * @param memory holds the result
     */
    TensorData mask(ReusedMemory memory) {
        return mask(memory, HIDES_NOTHING);
    }

    /**
     * Returns the attention mask, {@code [b, size, size]}, in which some tokens are hidden from all.
     *
     * @param memory holds the result
     * @param hiding the token that hides the one after it
     */
    TensorData mask(ReusedMemory memory, int hiding) {
        TensorData mask = memory.floats("mask", forests.size(), size, size);
        FloatBuffer values = mask.bytes().asFloatBuffer();
        float[] line = new float[size];
        for (TokenForest forest : forests) {
            int[] parents = forest.parents();
            for (int place = 0; place < size; place++) {
                Arrays.fill(line, Float.NEGATIVE_INFINITY);
                line[place] = place < parents.length ? visible(forest, place, hiding) : 0;
                int seen = place < parents.length ? parents[place] : TokenForest.NONE;
                while (seen != TokenForest.NONE) {
                    line[seen] = visible(forest, seen, hiding);
                    seen = parents[seen];
                }
                values.put(line);
            }
        }
        return mask;
    }

    private static float visible(TokenForest forest, int place, int hiding) {
        int parent = forest.parents()[place];
        return parent != TokenForest.NONE && forest.tokens()[parent] == hiding ? Float.NEGATIVE_INFINITY : 0;
    }

    /** Returns the positions of the texts' last tokens, {@code [b, texts]}. */
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
     * Copies the features of the batch to the rows of their texts.
     *
     * @param encoded {@code [b, texts, dim]}
     * @param features {@code [all texts, dim]}
     * @return the number of texts in the batch
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
