package dev.clap4j.internal.clip;

import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Padding;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.run.Steps;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tower whose tokens attend to all others, so that texts cannot share beginnings. A batch holds texts of one length,
 * none of which needs padding; where padding is part of what the model sees, every text is as long as the context.
 */
record EqualLengths(TextTower tower, CompiledNetwork network) implements TextNetwork {
    static EqualLengths compile(TextTower tower, TensorSource weights, Engine engine) {
        List<Input> inputs = List.of(
                new Input("embedded", DataType.F32, -1, -1, tower.width()), new Input("ends", DataType.I64, -1));
        return new EqualLengths(tower, engine.compile(new Network(tower)::forward, inputs, weights));
    }

    private record Network(TextTower tower) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return tower.forward(ops, weights, TextBatch.of(inputs.get(0), inputs.get(1)));
        }
    }

    @Override
    public float[] encode(NumberedTexts texts, TensorData table, Steps steps) {
        int dim = tower.embedDim();
        float[] features = new float[Math.multiplyExact(texts.size(), dim)];
        ReusedMemory memory = new ReusedMemory();
        // Equal texts are adjacent, and the sort by length is stable.
        int[] order = Arrays.stream(texts.sorted())
                .boxed()
                .sorted((one, other) -> Integer.compare(length(texts, one), length(texts, other)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int start = 0, end; start < order.length; start = end) {
            end = end(texts, order, start);
            int[] batch = Arrays.copyOfRange(order, start, end);
            int[] distinct = IntStream.range(0, batch.length)
                    .filter(i -> i == 0 || !same(texts, batch[i - 1], batch[i]))
                    .map(i -> batch[i])
                    .toArray();
            FloatBuffer encoded = network.run(embedded(texts, distinct, table, memory), ends(texts, distinct))
                    .bytes()
                    .asFloatBuffer();
            int row = -1;
            for (int text : batch) {
                row += row < 0 || !same(texts, distinct[row], text) ? 1 : 0;
                encoded.get(row * dim, features, text * dim, dim);
            }
            steps.advance(batch.length);
        }
        return features;
    }

    /** Returns the end of the batch that starts at a place of the order: as many tokens as fit, of one length. */
    private int end(NumberedTexts texts, int[] order, int start) {
        int length = length(texts, order[start]);
        int most = Math.max(1, TOKENS_PER_BATCH / length);
        int end = start + 1;
        int distinct = 1;
        while (end < order.length && length(texts, order[end]) == length) {
            distinct += same(texts, order[end - 1], order[end]) ? 0 : 1;
            if (distinct > most) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean same(NumberedTexts texts, int one, int other) {
        return Arrays.equals(texts.tokens(one), texts.tokens(other));
    }

    private int length(NumberedTexts texts, int text) {
        boolean whole = tower.padding().effect() == Padding.Effect.SEEN;
        return whole ? tower.contextLength() : texts.tokens(text).length;
    }

    private TensorData embedded(NumberedTexts texts, int[] batch, TensorData table, ReusedMemory memory) {
        int length = length(texts, batch[0]);
        int width = tower.width();
        TensorData embedded = memory.floats("embedded", batch.length, length, width);
        FloatBuffer values = embedded.bytes().asFloatBuffer();
        FloatBuffer vocabulary = table.bytes().asFloatBuffer();
        for (int text : batch) {
            int[] tokens = texts.tokens(text);
            for (int place = 0; place < length; place++) {
                int token = token(tokens, place, length);
                if (token < 0) {
                    values.put(texts.vector(token));
                } else {
                    values.put(vocabulary.slice(token * width, width));
                }
            }
        }
        return embedded;
    }

    private int token(int[] tokens, int place, int length) {
        int after = tower.padding().after();
        if (place < tokens.length - after) {
            return tokens[place];
        }
        return place < length - after ? tower.padding().id() : tokens[tokens.length - length + place];
    }

    private static TensorData ends(NumberedTexts texts, int[] batch) {
        long[] ends = Arrays.stream(batch)
                .mapToLong(text -> texts.tokens(text).length - 1L)
                .toArray();
        return TensorData.of("ends", ends, batch.length);
    }
}
