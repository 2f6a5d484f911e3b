package dev.clap4j.internal.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A vocabulary in the kinds of files that are in circulation, made from its merges file. */
final class Vocabularies {
    private static final JsonMapper JSON = new JsonMapper();

    private Vocabularies() {}

    /** A folder with {@code vocab.json} and {@code merges.txt}. */
    static Path writePair(Path vocabularyFile, Path folder) throws IOException {
        ClipVocabulary vocabulary = ClipVocabulary.readOpenAi(vocabularyFile);
        JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary.ids());
        Files.writeString(
                folder.resolve("merges.txt"),
                vocabulary.merges().stream()
                        .map(Merge::toString)
                        .collect(Collectors.joining("\n", "#version: 0.2\n", "\n")));
        return folder;
    }

    /** A folder with the {@code tokenizer.json} that CLIP models are published with. */
    static Path writeTokenizerJson(Path vocabularyFile, Path folder) throws IOException {
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), publishedForm(vocabularyFile));
        return folder;
    }

    /** The file that CLIP models are published with. */
    static ObjectNode publishedForm(Path vocabularyFile) throws IOException {
        return (ObjectNode) JSON.readTree(PublishedTokenizer.of(ClipVocabulary.readOpenAi(vocabularyFile)));
    }

    static JsonNode json(String withApostrophes) throws IOException {
        return JSON.readTree(withApostrophes.replace('\'', '"'));
    }
}
