package dev.clap4j.internal.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The text half of a CLIP model: from texts to features.
 *
 * <p>Thread-safe, including {@link #close}, see {@link ClipModel}. Owns native memory until closed.
 */
public final class ClipTextModel implements PromptEncoder, AutoCloseable {
    /** The number of texts above which tokenizing in parallel pays off. */
    private static final int MANY = 256;

    private final Checkpoint checkpoint;
    private final ClipTokenizer tokenizer;
    private final TextEncoder encoder;
    private final Overflow overflow;
    private final Lifetime life = new Lifetime("The model", this::free);

    /**
     * Combines a tokenizer and an encoder.
     *
     * @param checkpoint the checkpoint of both
     * @param tokenizer the model's own
     * @param encoder the transformer
     * @param overflow how to handle texts that are too long
     */
    ClipTextModel(Checkpoint checkpoint, ClipTokenizer tokenizer, TextEncoder encoder, Overflow overflow) {
        this.checkpoint = checkpoint;
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.overflow = overflow;
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.clap4j.ClapException if a text has too many tokens and is not to be truncated
     */
    @Override
    public FeatureMatrix encode(List<String> texts, Steps steps) {
        return use(() -> {
            List<TokenSequence> sequences = sequences(texts, text -> TokenSequence.of(ids(text)));
            return new FeatureMatrix(texts, encoder.embedDim(), encoder.encode(sequences, steps));
        });
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        return use(() -> {
            List<TokenSequence> sequences = sequences(texts, text -> TokenSequence.of(ids(text.text()))
                    .with(text.context(), text.position(), tokenizer.contextLength(), reserved()));
            List<String> names = texts.stream().map(ContextText::text).toList();
            return new FeatureMatrix(names, encoder.embedDim(), encoder.encode(sequences, steps));
        });
    }

    /** Makes a call that tokenizes and encodes, and keeps the model open until it returns. */
    <R> R use(Supplier<R> call) {
        return life.use(() -> {
            checkpoint.requireUnchanged();
            return call.get();
        });
    }

    private static <T> List<TokenSequence> sequences(List<T> texts, Function<T, TokenSequence> sequence) {
        return (texts.size() < MANY ? texts.stream() : texts.parallelStream())
                .map(sequence)
                .toList();
    }

    /** Returns the tokens around every text. */
    ReservedTokens reserved() {
        return ReservedTokens.of(tokenizer);
    }

    /** Returns the tokens of a text, with those that are reserved before and after it. */
    int[] ids(String text) {
        return checkpoint.endOfText().upToEnd(tokenizer.encode(text, overflow));
    }

    /** Returns the encoder of token sequences. */
    TextEncoder encoder() {
        return encoder;
    }

    /** Returns how texts that are too long are handled. */
    public Overflow overflow() {
        return overflow;
    }

    /** Returns the tokenizer. */
    public ClipTokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public String tokenizerFingerprint() {
        return tokenizer.fingerprint();
    }

    @Override
    public int embedDim() {
        return encoder.embedDim();
    }

    @Override
    public int contextWidth() {
        return encoder.width();
    }

    /** Warms up the encoder. */
    void prepare() {
        encoder.prepare();
    }

    private void free() {
        encoder.close();
    }

    @Override
    public void close() {
        life.close();
    }
}
