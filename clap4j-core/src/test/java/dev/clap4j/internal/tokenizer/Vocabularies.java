package dev.clap4j.internal.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Shared;
import dev.clap4j.internal.tokenizer.pipeline.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** OpenAI's vocabulary in the kinds of files that are in circulation, made from its merges file. */
final class Vocabularies {
    private static final JsonMapper JSON = new JsonMapper();

    private Vocabularies() {}

    static Path openAi() {
        return Shared.data("bpe_simple_vocab_16e6.txt.gz");
    }

    /** A folder with {@code vocab.json} and {@code merges.txt}. */
    static Path writePair(Path folder) throws IOException {
        ClipVocabulary vocabulary = VocabularyFiles.readOpenAi(openAi());
        JSON.writeValue(folder.resolve("vocab.json").toFile(), vocabulary.ids());
        Files.writeString(
                folder.resolve("merges.txt"),
                vocabulary.merges().stream()
                        .map(Merge::toString)
                        .collect(Collectors.joining("\n", "#version: 0.2\n", "\n")));
        return folder;
    }

    /** A folder with the {@code tokenizer.json} that CLIP models are published with. */
    static Path writeTokenizerJson(Path folder) throws IOException {
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), publishedForm());
        return folder;
    }

    /** The file that CLIP models are published with. */
    static ObjectNode publishedForm() throws IOException {
        return (ObjectNode) JSON.readTree(PublishedTokenizer.of(VocabularyFiles.readOpenAi(openAi())));
    }

    static JsonNode json(String withApostrophes) throws IOException {
        return JSON.readTree(withApostrophes.replace('\'', '"'));
    }
}
