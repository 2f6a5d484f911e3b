package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.run.Steps;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Encodes token sequences. Since the transformer is causal, texts with a common prefix share its computation, and
 * nothing is computed after a text's end token.
 *
 * <p>Owns native memory until closed. Thread-safe.
 */
public final class TextEncoder implements AutoCloseable {
    /** Large enough to occupy all threads, small enough to report progress every second or two. */
    private static final int TOKENS_PER_BATCH = 4096;

    /** Larger forests waste attention scores that are masked, smaller ones share less. */
    private static final int TOKENS_PER_FOREST = 128;

    private final TextTransformer transformer;
    private final CompiledNetwork network;
    private final TensorData embeddings;
    private final Lifetime life;

    private TextEncoder(TextTransformer transformer, CompiledNetwork network, TensorData embeddings) {
        this.transformer = transformer;
        this.network = network;
        this.embeddings = embeddings;
        this.life = new Lifetime("The text encoder", network::close);
    }

    /**
     * Creates a text encoder.
     *
     * @param transformer its architecture
     * @param weights tensors in OpenAI's naming, readable until the encoder is closed
     * @param engine the engine that runs it
     */
    public static TextEncoder create(TextTransformer transformer, TensorSource weights, Engine engine) {
        List<Input> inputs = List.of(
                new Input("embedded", DataType.F32, -1, -1, transformer.width()),
                new Input("depths", DataType.I64, -1, -1),
                new Input("mask", DataType.F32, -1, -1, -1),
                new Input("ends", DataType.I64, -1, -1));
        TensorData embeddings = weights.get("token_embedding.weight").toF32();
        CompiledNetwork network = engine.compile(new Network(transformer)::forward, inputs, weights);
        return new TextEncoder(transformer, network, embeddings);
    }

    private record Network(TextTransformer transformer) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return transformer.forward(ops, weights, inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3));
        }
    }

    /**
     * Returns the features of texts, not normalised, in the order of the texts.
     *
     * @param texts each ends with its end token
     * @param steps advanced after every batch by its number of texts
     * @return {@code [n, embedDim]}, row by row
     * @throws ClapException if a text exceeds the model's context length or has a token outside its vocabulary
     */
    public float[] encode(List<TokenSequence> texts, Steps steps) {
        return life.use(() -> encodeAll(texts, steps));
    }

    private float[] encodeAll(List<TokenSequence> texts, Steps steps) {
        texts.forEach(this::check);
        int dim = transformer.embedDim();
        float[] features = new float[Math.multiplyExact(texts.size(), dim)];
        NumberedTexts numbered = new NumberedTexts(texts);
        List<TokenForest> forests = TokenForest.plant(numbered, TOKENS_PER_FOREST);
        FloatBuffer table = embeddings.bytes().asFloatBuffer();
        ReusedMemory embedded = new ReusedMemory();
        ReusedMemory mask = new ReusedMemory();
        for (ForestBatch batch : ForestBatch.of(forests, TOKENS_PER_BATCH)) {
            FloatBuffer encoded = network.run(
                            batch.embedded(numbered, table, transformer.width(), embedded),
                            batch.depths(),
                            batch.mask(mask),
                            batch.ends())
                    .bytes()
                    .asFloatBuffer();
            steps.advance(batch.scatter(encoded, features, dim));
        }
        return features;
    }

    /** Calls {@link #encode(List, Steps)} without progress. */
    public float[] encode(List<TokenSequence> texts) {
        return encode(texts, Steps.untold());
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

    /** Returns the dimension D of the features. */
    public int embedDim() {
        return transformer.embedDim();
    }

    /** Returns the width of a token embedding, and so of a context vector. */
    public int width() {
        return transformer.width();
    }

    /** Warms up the encoder. */
    void prepare() {
        network.prepare();
    }

    @Override
    public void close() {
        life.close();
    }
}
