package dev.clap4j.internal.clip;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts as sequences of numbers, so that prefixes can be compared: tokens are numbered by their ids, context vectors by
 * negative numbers; equal vectors have equal numbers.
 */
final class NumberedTexts {
    private final List<int[]> texts = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final Map<FloatBuffer, Integer> numberOfVector = new HashMap<>();

    NumberedTexts(List<TokenSequence> sequences) {
        sequences.forEach(sequence -> texts.add(number(sequence)));
    }

    private NumberedTexts(List<int[]> texts, NumberedTexts vectorsOf) {
        this.texts.addAll(texts);
        this.vectors.addAll(vectorsOf.vectors);
        this.numberOfVector.putAll(vectorsOf.numberOfVector);
    }

    /**
     * Returns these texts, each followed by a vector.
     *
     * @param padding the token between them, if there is room for it
     * @param contextLength the maximum number of tokens before the vector
     */
    NumberedTexts followedBy(float[] vector, int padding, int contextLength) {
        int last = number(vector);
        List<int[]> longer = new ArrayList<>();
        for (int[] text : texts) {
            int before = Math.min(text.length + 1, contextLength);
            int[] tokens = Arrays.copyOf(text, before + 1);
            Arrays.fill(tokens, text.length, before, padding);
            tokens[before] = last;
            longer.add(tokens);
        }
        return new NumberedTexts(longer, this);
    }

    private int[] number(TokenSequence text) {
        if (text.context().length == 0) {
            return text.ids();
        }
        int[] numbers = text.ids().clone();
        int next = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == TokenSequence.CONTEXT) {
                numbers[i] = number(text.context()[next++]);
            }
        }
        return numbers;
    }

    private int number(float[] vector) {
        return numberOfVector.computeIfAbsent(FloatBuffer.wrap(vector), content -> {
            vectors.add(vector);
            return -vectors.size();
        });
    }

    /** Returns the indices of the texts, sorted by their tokens, so that texts with a common prefix are adjacent. */
    int[] sorted() {
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted((one, other) -> Arrays.compare(texts.get(one), texts.get(other)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns the number of texts. */
    int size() {
        return texts.size();
    }

    /** Returns the numbers of a text's tokens and context vectors. */
    int[] tokens(int text) {
        return texts.get(text);
    }

    /** Returns the context vector for a negative number. */
    float[] vector(int number) {
        return vectors.get(-1 - number);
    }
}
