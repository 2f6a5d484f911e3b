package dev.clap4j.internal.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * CLIP's causal text transformer (Radford et al. 2021, section 2.4), from token embeddings on, and others of its kind.
 *
 * <p>Token embeddings are looked up by the caller, who can mix in other vectors (CLAP's Gaussian context). If it is
 * causal, features do not depend on anything after the end token, so a batch need only be as long as its longest prompt.
 *
 * @param contextLength maximum number of tokens, including start and end
 * @param vocabSize number of rows of the token embedding
 * @param width width d of the tokens
 * @param layers number of blocks
 * @param heads attention heads
 * @param mlpWidth hidden width of the MLPs
 * @param embedDim dimension D of the features
 * @param activation the blocks' non-linearity
 * @param epsilon added to the variance in layer norms
 * @param reading how a text becomes one vector
 * @param projection the last layer
 */
public record TextTransformer(
        int contextLength,
        int vocabSize,
        int width,
        int layers,
        int heads,
        int mlpWidth,
        int embedDim,
        Activation activation,
        float epsilon,
        TextReading reading,
        Projection projection)
        implements TextTower {

    /** Creates CLIP's own, which is causal and read at the end token. */
    public TextTransformer(
            int contextLength,
            int vocabSize,
            int width,
            int layers,
            int heads,
            int mlpWidth,
            int embedDim,
            Activation activation,
            float epsilon) {
        this(
                contextLength,
                vocabSize,
                width,
                layers,
                heads,
                mlpWidth,
                embedDim,
                activation,
                epsilon,
                TextReading.CLIP,
                Projection.MATRIX);
    }

    /**
     * Computes the features of a batch of texts, not normalised.
     *
     * @param embedded token embeddings {@code [b, n, width]}, n at most the context length
     * @param end the position of each text's end token, {@code [b]}
     * @return {@code [b, embedDim]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T embedded, T end) {
        return forward(ops, w, TextBatch.of(embedded, end));
    }

    @Override
    public <T> T forward(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts) {
        T embedded = reading.place() == TextReading.Place.CLASS ? withClass(ops, w, texts) : texts.embedded();
        T x = ops.add(embedded, ops.firstRows(w.get("positional_embedding"), embedded));
        UnaryOperator<T> read = all -> read(ops, texts, all);
        for (int layer = 0; layer < layers - 1; layer++) {
            x = texts.through(block(), ops, block(w, layer), x);
        }
        Weights<T> last = block(w, layers - 1);
        T output = reading.isCausal()
                ? read.apply(texts.through(block(), ops, last, x))
                : texts.read(block(), ops, last, x, read);
        return ops.reshape(project(ops, w, output), 0, embedDim);
    }

    private <T> T read(TensorOps<T> ops, TextBatch<T> texts, T x) {
        return switch (reading.place()) {
            case FIRST -> ops.slice(x, 1, 0, 1);
            case LAST -> ops.slice(x, 1, contextLength - 1L, contextLength);
            case END -> ops.pick(x, ops.reshape(texts.ends(), -1, 1));
            case CLASS -> ops.slice(x, 1, contextLength, contextLength + 1L);
        };
    }

    /** Appends the class token to texts as long as the context, whose mask includes it. */
    private <T> T withClass(TensorOps<T> ops, Weights<T> w, TextBatch<T> texts) {
        T classToken = ops.repeatRows(ops.reshape(w.get("cls_emb"), 1, 1, width), texts.embedded());
        return ops.concat(1, List.of(texts.embedded(), classToken));
    }

    /**
     * Computes the features of texts that share prefixes, not normalised. A sequence holds a forest of tokens, each of
     * which attends to itself and its ancestors; a shared token is computed only once.
     *
     * @param embedded token embeddings {@code [b, n, width]}
     * @param depths the number of ancestors of each token, which is its position in every text it is part of, {@code
     *     [b, n]}
     * @param mask {@code [b, n, n]}: 0 where a token attends to another, else minus infinity
     * @param ends the indices of the end tokens, {@code [b, k]}
     * @return {@code [b, k, embedDim]}
     */
    public <T> T forward(TensorOps<T> ops, Weights<T> w, T embedded, T depths, T mask, T ends) {
        T x = ops.add(embedded, ops.rows(w.get("positional_embedding"), depths));
        for (int layer = 0; layer < layers - 1; layer++) {
            x = block().masked(ops, block(w, layer), x, mask);
        }
        return project(ops, w, block().masked(ops, block(w, layers - 1), x, mask, ends));
    }

    /**
     * Computes the states of tokens before the first block and after every block, each attending to those before it.
     *
     * @param embedded token embeddings {@code [b, n, width]}
     * @return {@code layers + 1} tensors {@code [b, n, width]}, without the final norm
     */
    public <T> List<T> states(TensorOps<T> ops, Weights<T> w, T embedded) {
        List<T> states = new ArrayList<>();
        T x = ops.add(embedded, ops.firstRows(w.get("positional_embedding"), embedded));
        states.add(x);
        for (int layer = 0; layer < layers; layer++) {
            x = block().forward(ops, block(w, layer), x);
            states.add(x);
        }
        return states;
    }

    /** Applies the final norm to states {@code [b, n, width]}. */
    public <T> T normalised(TensorOps<T> ops, Weights<T> w, T states) {
        return ops.layerNorm(states, w.get("ln_final.weight"), w.get("ln_final.bias"), epsilon);
    }

    /**
     * Reads the features of texts from the states after the last block.
     *
     * @param states {@code [b, n, width]}
     * @param end the position of each text's end token, {@code [b]}
     * @return {@code [b, embedDim]}
     */
    public <T> T features(TensorOps<T> ops, Weights<T> w, T states, T end) {
        return ops.reshape(project(ops, w, ops.pick(states, ops.reshape(end, -1, 1))), 0, embedDim);
    }

    private static <T> Weights<T> block(Weights<T> w, int layer) {
        return w.under("transformer.resblocks." + layer + ".");
    }

    private <T> T project(TensorOps<T> ops, Weights<T> w, T x) {
        T normalised = normalised(ops, w, x);
        return switch (projection) {
            case NONE -> normalised;
            case MATRIX -> ops.matmul(normalised, w.get("text_projection"));
            case BIASED -> ops.linear(normalised, w.get("text_projection.weight"), w.get("text_projection.bias"));
        };
    }

    /** Returns this architecture, whose tokens attend to padding, with the padding of its tokenizer. */
    public TextTransformer withPadding(int id, int after) {
        return with(vocabSize, new TextReading(reading.place(), new Padding(Padding.Effect.SEEN, id, after)));
    }

    /** Returns this architecture with another vocabulary size. */
    public TextTransformer withVocabSize(int other) {
        return with(other, reading);
    }

    /** Returns this architecture without its last layer: features are as wide as the tokens. */
    public TextTransformer withoutProjection() {
        return with(vocabSize, reading, width, Projection.NONE);
    }

    private TextTransformer with(int vocabulary, TextReading read) {
        return with(vocabulary, read, embedDim, projection);
    }

    private TextTransformer with(int vocabulary, TextReading read, int dim, Projection last) {
        return new TextTransformer(
                contextLength, vocabulary, width, layers, heads, mlpWidth, dim, activation, epsilon, read, last);
    }

    @Override
    public Padding padding() {
        return reading.padding();
    }

    @Override
    public boolean isClips() {
        return reading.equals(TextReading.CLIP) && projection == Projection.MATRIX;
    }

    @Override
    public TransformerBlock block() {
        return new TransformerBlock(width, heads, mlpWidth, activation, epsilon, reading.isCausal());
    }

    /** Returns the required tensors, in OpenAI's naming, including {@code token_embedding.weight}. */
    @Override
    public Shapes shapes() {
        boolean hasClass = reading.place() == TextReading.Place.CLASS;
        Shapes shapes = new Shapes()
                .with("token_embedding.weight", vocabSize, width)
                .with("positional_embedding", contextLength + (hasClass ? 1L : 0), width);
        if (hasClass) {
            shapes.with("cls_emb", width);
        }
        for (int layer = 0; layer < layers; layer++) {
            shapes.with("transformer.resblocks." + layer + ".", block().shapes());
        }
        shapes.withNorm("ln_final", width);
        return switch (projection) {
            case NONE -> shapes;
            case MATRIX -> shapes.with("text_projection", width, embedDim);
            case BIASED -> shapes.withLinear("text_projection", width, embedDim);
        };
    }
}
