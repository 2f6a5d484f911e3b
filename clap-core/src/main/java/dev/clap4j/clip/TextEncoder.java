package dev.clap4j.clip;

import dev.clap4j.ClapException;
import dev.clap4j.engine.CompiledNetwork;
import dev.clap4j.engine.Engine;
import dev.clap4j.engine.Input;
import dev.clap4j.io.DataType;
import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import dev.clap4j.nn.TensorOps;
import dev.clap4j.nn.TextTransformer;
import dev.clap4j.nn.Weights;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Encodes token sequences. Sequences of like length share a batch, and a batch is only as long as its longest one: the
 * transformer is causal, so what follows a text's end token changes nothing.
 *
 * <p>Owns native memory until closed. Safe for several threads.
 */
public final class TextEncoder implements AutoCloseable {
    /** Enough rows for the matrix products to be efficient, few enough to stay in the processor's caches. */
    private static final int TOKENS_PER_BATCH = 1024;

    private final TextTransformer transformer;
    private final CompiledNetwork network;
    private final TensorData embeddings;

    private TextEncoder(TextTransformer transformer, CompiledNetwork network, TensorData embeddings) {
        this.transformer = transformer;
        this.network = network;
        this.embeddings = embeddings;
    }

    /**
     * Makes a text encoder ready to run.
     *
     * @param transformer its geometry
     * @param weights tensors in OpenAI's naming, readable until the encoder is closed
     * @param engine what runs it
     */
    public static TextEncoder create(TextTransformer transformer, TensorSource weights, Engine engine) {
        List<Input> inputs = List.of(
                new Input("embedded", DataType.F32, -1, -1, transformer.width()), new Input("end", DataType.I64, -1));
        CompiledNetwork network = engine.compile(new Network(transformer)::forward, inputs, weights);
        return new TextEncoder(
                transformer, network, weights.get("token_embedding.weight").toF32());
    }

    private record Network(TextTransformer transformer) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return transformer.forward(ops, weights, inputs.get(0), inputs.get(1));
        }
    }

    /**
     * The features of texts, not normalised, in the order of the texts.
     *
     * @param texts each ends with its end token
     * @param progress told after every batch how many texts it had
     * @return {@code [n, embedDim]}, row by row
     * @throws ClapException if a text is longer than the model takes or has a token that the model does not know
     */
    public float[] encode(List<TokenSequence> texts, IntConsumer progress) {
        texts.forEach(this::check);
        int dim = transformer.embedDim();
        float[] features = new float[Math.multiplyExact(texts.size(), dim)];
        int[] byLength = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> texts.get(i).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int start = 0, end; start < byLength.length; start = end) {
            end = batchEnd(texts, byLength, start);
            FloatBuffer encoded = encodeBatch(texts, byLength, start, end);
            for (int i = start; i < end; i++) {
                encoded.get(features, byLength[i] * dim, dim);
            }
            progress.accept(end - start);
        }
        return features;
    }

    /** {@link #encode(List, IntConsumer)} without progress. */
    public float[] encode(List<TokenSequence> texts) {
        return encode(texts, batch -> {});
    }

    /** As many more texts as keep the padded batch within its budget; one at least. */
    private static int batchEnd(List<TokenSequence> texts, int[] byLength, int start) {
        int end = start + 1;
        while (end < byLength.length
                && (end + 1 - start) * texts.get(byLength[end]).length() <= TOKENS_PER_BATCH) {
            end++;
        }
        return end;
    }

    private FloatBuffer encodeBatch(List<TokenSequence> texts, int[] order, int from, int to) {
        int width = transformer.width();
        int batch = to - from;
        int length = texts.get(order[to - 1]).length();
        ByteBuffer bytes = TensorData.allocate((long) Float.BYTES * batch * length * width);
        FloatBuffer embedded = bytes.asFloatBuffer();
        long[] ends = new long[batch];
        for (int row = 0; row < batch; row++) {
            TokenSequence text = texts.get(order[from + row]);
            embed(text, embedded.position(row * length * width));
            ends[row] = text.length() - 1L;
        }
        TensorData features = network.run(
                new TensorData("embedded", DataType.F32, new long[] {batch, length, width}, bytes),
                TensorData.of("end", ends, batch));
        return features.bytes().asFloatBuffer();
    }

    private void embed(TokenSequence text, FloatBuffer target) {
        FloatBuffer table = embeddings.bytes().asFloatBuffer();
        int width = transformer.width();
        int nextContext = 0;
        for (int id : text.ids()) {
            if (id == TokenSequence.CONTEXT) {
                target.put(text.context()[nextContext++]);
            } else {
                target.put(table.slice(id * width, width));
            }
        }
    }

    private void check(TokenSequence text) {
        if (text.length() > transformer.contextLength()) {
            throw new ClapException("A text has " + text.length() + " tokens, start and end included; the model takes "
                    + transformer.contextLength());
        }
        for (int id : text.ids()) {
            if (id != TokenSequence.CONTEXT && (id < 0 || id >= transformer.vocabSize())) {
                throw new ClapException("Token id " + id + " is outside the model's vocabulary of "
                        + transformer.vocabSize() + " tokens; the tokenizer belongs to another model");
            }
        }
        for (float[] vector : text.context()) {
            if (vector.length != transformer.width()) {
                throw new IllegalArgumentException(
                        "A context vector of " + vector.length + " numbers among embeddings of " + transformer.width());
            }
        }
    }

    /** The dimension D of the features. */
    public int embedDim() {
        return transformer.embedDim();
    }

    /** The width of a token embedding, and so of a context vector. */
    public int width() {
        return transformer.width();
    }

    @Override
    public void close() {
        network.close();
    }
}
