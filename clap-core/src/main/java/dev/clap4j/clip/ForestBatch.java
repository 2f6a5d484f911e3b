package dev.clap4j.clip;

import dev.clap4j.io.DataType;
import dev.clap4j.io.TensorData;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Forests of tokens as the text transformer takes them: side by side, padded to the largest. */
final class ForestBatch {
    private final List<TokenForest> forests;
    private final int size;
    private final int texts;

    ForestBatch(List<TokenForest> forests) {
        this.forests = forests;
        this.size = forests.stream().mapToInt(TokenForest::size).max().orElseThrow();
        this.texts =
                forests.stream().mapToInt(forest -> forest.texts().length).max().orElseThrow();
    }

    /**
     * The tokens' embeddings, {@code [b, size, width]}.
     *
     * @param numbered knows the context vectors among the tokens
     * @param table the embeddings of all others, {@code [vocabulary, width]}
     */
    TensorData embedded(NumberedTexts numbered, FloatBuffer table, int width) {
        ByteBuffer bytes = TensorData.allocate((long) Float.BYTES * forests.size() * size * width);
        FloatBuffer embedded = bytes.asFloatBuffer();
        for (int row = 0; row < forests.size(); row++) {
            embedded.position(row * size * width);
            for (int token : forests.get(row).tokens()) {
                if (token < 0) {
                    embedded.put(numbered.vector(token));
                } else {
                    embedded.put(table.slice(token * width, width));
                }
            }
        }
        return new TensorData("embedded", DataType.F32, new long[] {forests.size(), size, width}, bytes);
    }

    /** How many ancestors each token has, {@code [b, size]}. */
    TensorData depths() {
        return rows("depths", forests.stream().map(TokenForest::depths).toList(), size);
    }

    /** Which token sees which, {@code [b, size, size]}. Padding sees itself, since it has to see something. */
    TensorData mask() {
        float[] mask = new float[forests.size() * size * size];
        Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < forests.size(); row++) {
            int[] parents = forests.get(row).parents();
            for (int place = 0; place < size; place++) {
                int line = (row * size + place) * size;
                mask[line + place] = 0;
                int seen = place < parents.length ? parents[place] : TokenForest.NONE;
                while (seen != TokenForest.NONE) {
                    mask[line + seen] = 0;
                    seen = parents[seen];
                }
            }
        }
        return TensorData.of("mask", mask, forests.size(), size, size);
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
