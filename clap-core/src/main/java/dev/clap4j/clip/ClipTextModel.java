package dev.clap4j.clip;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.tokenizer.ClipTokenizer;
import dev.clap4j.tokenizer.Overflow;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;

/**
 * The text half of a CLIP model: from texts to features.
 *
 * <p>Safe for several threads. Owns native memory until closed; the tokenizer is closed with it.
 */
public final class ClipTextModel implements PromptEncoder, AutoCloseable {
    private final ClipTokenizer tokenizer;
    private final TextEncoder encoder;
    private final ToIntFunction<int[]> endOfText;
    private final Overflow overflow;

    /**
     * Joins a tokenizer and an encoder.
     *
     * @param tokenizer the model's own
     * @param encoder the transformer
     * @param endOfText the position at which the feature of a sequence of ids is read
     * @param overflow what happens to texts that are too long
     */
    ClipTextModel(ClipTokenizer tokenizer, TextEncoder encoder, ToIntFunction<int[]> endOfText, Overflow overflow) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.endOfText = endOfText;
        this.overflow = overflow;
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.clap4j.ClapException if a text has too many tokens and is not to be truncated
     */
    @Override
    public FeatureMatrix encode(List<String> texts, IntConsumer progress) {
        List<TokenSequence> sequences =
                texts.stream().map(text -> TokenSequence.of(ids(text))).toList();
        return new FeatureMatrix(texts, encoder.embedDim(), encoder.encode(sequences, progress));
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, IntConsumer progress) {
        List<TokenSequence> sequences = texts.stream()
                .map(text -> TokenSequence.withContext(
                        ids(text.text()), text.context(), text.position(), tokenizer.contextLength()))
                .toList();
        List<String> names = texts.stream().map(ContextText::text).toList();
        return new FeatureMatrix(names, encoder.embedDim(), encoder.encode(sequences, progress));
    }

    /** Start token, text, end token. */
    int[] ids(String text) {
        int[] ids = tokenizer.encode(text, overflow);
        return Arrays.copyOf(ids, endOfText.applyAsInt(ids) + 1);
    }

    /** What encodes the tokens. */
    TextEncoder encoder() {
        return encoder;
    }

    /** What happens to texts that are too long. */
    Overflow overflow() {
        return overflow;
    }

    /** The tokenizer. */
    public ClipTokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public int embedDim() {
        return encoder.embedDim();
    }

    @Override
    public int contextWidth() {
        return encoder.width();
    }

    /** Does now what the first small batch would have to wait for. */
    void prepare() {
        encoder.prepare();
    }

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
