package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.run.Steps;
import java.util.List;

/**
 * Encodes token sequences. Equal texts are encoded once; texts of a causal model with a common prefix share its
 * computation.
 *
 * <p>Owns native memory until closed. Thread-safe.
 */
public final class TextEncoder implements AutoCloseable {
    private final TextTower tower;
    private final TextNetwork network;
    private final TensorData embeddings;
    private final Lifetime life;

    private TextEncoder(TextTower tower, TextNetwork network, TensorData embeddings) {
        this.tower = tower;
        this.network = network;
        this.embeddings = embeddings;
        this.life = new Lifetime("The text encoder", network.network()::close);
    }

    /**
     * Creates a text encoder.
     *
     * @param tower its architecture
     * @param weights tensors in OpenAI's naming, readable until the encoder is closed
     * @param engine the engine that runs it
     */
    public static TextEncoder create(TextTower tower, TensorSource weights, Engine engine) {
        TensorData embeddings = weights.get("token_embedding.weight").toF32();
        return new TextEncoder(tower, TextNetwork.compile(tower, weights, engine), embeddings);
    }

    /**
     * Returns the features of texts, not normalised, in the order of the texts.
     *
     * @param texts each ends with its end token, without padding
     * @param steps advanced after every batch by its number of texts
     * @return {@code [n, embedDim]}, row by row
     * @throws ClapException if a text exceeds the model's context length or has a token outside its vocabulary
     */
    public float[] encode(List<TokenSequence> texts, Steps steps) {
        return life.use(() -> {
            texts.forEach(this::check);
            return network.encode(new NumberedTexts(texts), embeddings, steps);
        });
    }

    /** Calls {@link #encode(List, Steps)} without progress. */
    public float[] encode(List<TokenSequence> texts) {
        return encode(texts, Steps.unreported());
    }

    private void check(TokenSequence text) {
        if (text.length() > tower.contextLength()) {
            throw new ClapException("A text has " + text.length() + " tokens, start and end included; the model takes "
                    + tower.contextLength());
        }
        for (int id : text.ids()) {
            if (id != TokenSequence.CONTEXT && (id < 0 || id >= tower.vocabSize())) {
                throw new ClapException("Token id " + id + " is outside the model's vocabulary of " + tower.vocabSize()
                        + " tokens; the tokenizer belongs to another model");
            }
        }
        for (float[] vector : text.context()) {
            if (vector.length != tower.width()) {
                throw new IllegalArgumentException(
                        "A context vector of " + vector.length + " numbers among embeddings of " + tower.width());
            }
        }
    }

    /** Returns the dimension D of the features. */
    public int embedDim() {
        return tower.embedDim();
    }

    /** Returns the width of a token embedding, and so of a context vector. */
    public int width() {
        return tower.width();
    }

    /** Warms up the encoder. */
    void prepare() {
        network.network().prepare();
    }

    @Override
    public void close() {
        life.close();
    }
}
