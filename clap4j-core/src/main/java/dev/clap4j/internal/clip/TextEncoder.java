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
 * Encodes token sequences. The transformer is causal, so texts that begin alike share what is computed for their common
 * beginning, and what follows a text's end token is not computed.
 *
 * <p>Owns native memory until closed. Safe for several threads.
 */
public final class TextEncoder implements AutoCloseable {
    /** Enough for all threads to have something to do, few enough for progress to be seen every second or two. */
    private static final int TOKENS_PER_BATCH = 4096;

    /** In larger forests, more scores of attention are computed only to be masked; in smaller ones, less is shared. */
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
     * Makes a text encoder ready to run.
     *
     * @param transformer its geometry
     * @param weights tensors in OpenAI's naming, readable until the encoder is closed
     * @param engine what runs it
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
     * The features of texts, not normalised, in the order of the texts.
     *
     * @param texts each ends with its end token
     * @param steps advanced after every batch by its texts
     * @return {@code [n, embedDim]}, row by row
     * @throws ClapException if a text is longer than the model takes or has a token that the model does not know
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

    /** {@link #encode(List, Steps)} without progress. */
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

    /** The dimension D of the features. */
    public int embedDim() {
        return transformer.embedDim();
    }

    /** The width of a token embedding, and so of a context vector. */
    public int width() {
        return transformer.width();
    }

    /** Does now what the first small batch would have to wait for. */
    void prepare() {
        network.prepare();
    }

    @Override
    public void close() {
        life.close();
    }
}
