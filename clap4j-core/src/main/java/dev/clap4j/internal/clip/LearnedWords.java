package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.Overflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A text encoder with additional words. Each word stands for learned vectors among the token embeddings (PromptStyler,
 * Cho et al. 2023), and must be surrounded by white space: {@code "a S*1 style of a dog"}.
 *
 * <p>Thread-safe. The underlying model is not owned and must stay open.
 */
public final class LearnedWords implements PromptEncoder {
    private final ClipTextModel model;
    private final Map<String, float[][]> words;

    /**
     * Creates an encoder with additional words.
     *
     * @param model the frozen text encoder
     * @param words the vectors of each word, {@code [count, width of the text encoder]}, count at least 1
     */
    public LearnedWords(ClipTextModel model, Map<String, float[][]> words) {
        this.model = model;
        this.words = Map.copyOf(words);
    }

    /**
     * Returns the token sequence of a text.
     *
     * @throws ClapException if it has too many tokens and is not to be truncated
     */
    public TokenSequence sequence(String text) {
        List<Integer> ids = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        for (String word : text.split("\\s+", -1)) {
            float[][] learned = words.get(word);
            if (learned == null) {
                plain.add(word);
                continue;
            }
            ids.addAll(tokens(plain));
            plain.clear();
            for (float[] vector : learned) {
                ids.add(TokenSequence.CONTEXT);
                vectors.add(vector);
            }
        }
        if (vectors.isEmpty()) {
            return TokenSequence.of(model.ids(text));
        }
        ids.addAll(tokens(plain));
        return sequence(text, ids, vectors);
    }

    private List<Integer> tokens(List<String> words) {
        int[] ids = model.ids(String.join(" ", words));
        ReservedTokens reserved = model.reserved();
        return Arrays.stream(ids, reserved.before(), ids.length - reserved.after())
                .boxed()
                .toList();
    }

    private TokenSequence sequence(String text, List<Integer> body, List<float[]> vectors) {
        ReservedTokens reserved = model.reserved();
        int most = model.tokenizer().contextLength() - reserved.count();
        if (body.size() > most && model.overflow() == Overflow.ERROR) {
            throw new ClapException("The text \"" + text + "\" has " + (body.size() + reserved.count())
                    + " tokens with the start and end token, the model takes " + (most + reserved.count())
                    + ". Shorten it, or have it truncated");
        }
        List<Integer> kept = body.subList(0, Math.min(most, body.size()));
        int[] ends = model.ids("");
        int[] ids = IntStream.concat(
                        IntStream.concat(
                                Arrays.stream(ends, 0, reserved.before()),
                                kept.stream().mapToInt(id -> id)),
                        Arrays.stream(ends, ends.length - reserved.after(), ends.length))
                .toArray();
        long left = kept.stream().filter(id -> id == TokenSequence.CONTEXT).count();
        return new TokenSequence(ids, vectors.stream().limit(left).toArray(float[][]::new));
    }

    @Override
    public FeatureMatrix encode(List<String> texts, Steps steps) {
        return model.use(() -> {
            List<TokenSequence> sequences = texts.stream().map(this::sequence).toList();
            return new FeatureMatrix(texts, embedDim(), model.encoder().encode(sequences, steps));
        });
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        int contextLength = model.tokenizer().contextLength();
        return model.use(() -> {
            List<TokenSequence> sequences = texts.stream()
                    .map(text -> sequence(text.text())
                            .with(text.context(), text.position(), contextLength, model.reserved()))
                    .toList();
            List<String> names = texts.stream().map(ContextText::text).toList();
            return new FeatureMatrix(names, embedDim(), model.encoder().encode(sequences, steps));
        });
    }

    @Override
    public String tokenizerFingerprint() {
        return model.tokenizerFingerprint();
    }

    @Override
    public int embedDim() {
        return model.embedDim();
    }

    @Override
    public int contextWidth() {
        return model.contextWidth();
    }
}
