package dev.clap4j.langchain4j;

import dev.clap4j.ClapException;
import dev.clap4j.Image;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ClipTextModel;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The inputs of a request.
 *
 * @param texts the texts, by their places in the request
 * @param pictures the pictures, by theirs
 */
record Inputs(SortedMap<Integer, String> texts, SortedMap<Integer, Image> pictures) {
    /**
     * Reads inputs; pictures are not decoded yet.
     *
     * @throws InvalidRequestException if a text is blank, or a picture is not base64
     * @throws UnsupportedFeatureException if an input has a picture and more, or a picture would have to be fetched
     */
    static Inputs of(List<EmbeddingInput> all) {
        SortedMap<Integer, String> texts = new TreeMap<>();
        SortedMap<Integer, Image> pictures = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            List<Content> contents = all.get(i).contents();
            if (contents.stream().allMatch(TextContent.class::isInstance)) {
                texts.put(i, text(i, all.get(i).text()));
            } else if (contents.size() == 1 && contents.get(0) instanceof ImageContent picture) {
                pictures.put(i, Pictures.read(place(i), picture.image()));
            } else {
                throw new UnsupportedFeatureException(place(i) + " has a picture and more, which CLIP does not fuse"
                        + " into one embedding; make each an input of its own");
            }
        }
        return new Inputs(texts, pictures);
    }

    private static String text(int at, String text) {
        if (text.isBlank()) {
            throw new InvalidRequestException(place(at) + " is a text without a word");
        }
        return text;
    }

    private static String place(int at) {
        return "inputs[" + at + "]";
    }

    /**
     * Returns the number of tokens of all texts.
     *
     * @throws InvalidRequestException if a text has too many
     */
    int tokens(ClipModel model) {
        if (texts.isEmpty()) {
            return 0;
        }
        ClipTextModel encoder = model.texts();
        int count = 0;
        for (var text : texts.entrySet()) {
            try {
                count += encoder.tokenizer().encode(text.getValue(), encoder.overflow()).length;
            } catch (ClapException e) {
                throw new InvalidRequestException(place(text.getKey()) + ": " + e.getMessage(), e);
            }
        }
        return count;
    }

    /** Returns embeddings of length 1 in the order of the inputs. */
    List<Embedding> embeddings(
            Function<List<String>, FeatureMatrix> textEncoder, Function<List<Image>, FeatureMatrix> pictureEncoder) {
        Embedding[] rows = new Embedding[texts.size() + pictures.size()];
        fill(rows, texts, textEncoder);
        fill(rows, pictures, pictureEncoder);
        return Arrays.asList(rows);
    }

    private static <T> void fill(
            Embedding[] rows, SortedMap<Integer, T> inputs, Function<List<T>, FeatureMatrix> encoder) {
        if (inputs.isEmpty()) {
            return;
        }
        FeatureMatrix features = encoder.apply(List.copyOf(inputs.values())).normalised();
        int row = 0;
        for (int place : inputs.keySet()) {
            rows[place] = Embedding.from(features.row(row++));
        }
    }
}
