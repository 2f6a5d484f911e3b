package dev.clap4j.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.io.FileContents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the files that hold a byte-level BPE vocabulary. */
final class VocabularyFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private VocabularyFiles() {}

    /** The JSON object that is all of a file. */
    static JsonNode readObject(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "Cannot read " + file + " as JSON: "
                            + FileContents.guess(file).map(g -> "it is " + g).orElseGet(e::getOriginalMessage),
                    e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
        if (!root.isObject()) {
            throw new ClapException("Cannot use " + file + ": it should hold a JSON object, but holds "
                    + (root.isMissingNode()
                            ? "nothing"
                            : "a JSON " + root.getNodeType().toString().toLowerCase(Locale.ROOT)));
        }
        return root;
    }

    /** {@code vocab.json} with the {@code merges.txt} beside it. */
    static ClipVocabulary readPair(Path vocabFile, Path mergesFile) {
        if (!Files.exists(mergesFile)) {
            throw new ClapException("There is " + vocabFile + " but no " + mergesFile
                    + ": a vocabulary needs both files. Take merges.txt from the same model");
        }
        if (!Files.exists(vocabFile)) {
            throw new ClapException("There is " + mergesFile + " but no " + vocabFile
                    + ": a vocabulary needs both files. Take vocab.json from the same model");
        }
        List<String> merges = readMerges(mergesFile, Integer.MAX_VALUE);
        return new ClipVocabulary(vocabFile, ids(vocabFile, readObject(vocabFile)), merges).checked(mergesFile);
    }

    /** OpenAI's merges file, compressed or not: the vocabulary follows from it. */
    static ClipVocabulary readOpenAi(Path file) {
        return ClipVocabulary.ofMerges(file, readMerges(file, ClipVocabulary.OPENAI_MERGES));
    }

    /** The {@code model} part of a {@code tokenizer.json} together with its added tokens. */
    static ClipVocabulary readModel(Path file, JsonNode tokenizer) {
        JsonNode model = tokenizer.path("model");
        String type = model.path("type").asText(model.has("merges") ? "BPE" : "unknown");
        if (!type.equals("BPE")) {
            throw new ClapException("The tokenizer " + file + " is of the kind " + type
                    + "; CLIP's text encoder needs a BPE tokenizer");
        }
        if (!model.path("vocab").isObject() || !model.path("merges").isArray()) {
            throw new ClapException(
                    "The tokenizer " + file + " lacks a vocabulary or merges (model.vocab, model.merges)");
        }
        Map<String, Integer> ids = ids(file, model.get("vocab"));
        for (JsonNode token : tokenizer.path("added_tokens")) {
            ids.put(token.path("content").asText(), token.path("id").asInt(-1));
        }
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : model.get("merges")) {
            String pair = merge.isArray() && merge.size() == 2
                    ? merge.get(0).asText() + " " + merge.get(1).asText()
                    : merge.asText();
            merges.add(checkMerge(file, merges.size() + 1, pair));
        }
        return new ClipVocabulary(file, ids, merges).checked(file);
    }

    private static Map<String, Integer> ids(Path file, JsonNode object) {
        Map<String, Integer> ids = new LinkedHashMap<>(2 * object.size());
        object.properties().forEach(entry -> {
            if (!entry.getValue().isInt()) {
                throw new ClapException("The vocabulary " + file + " should map every piece to a whole number, but \""
                        + entry.getKey() + "\" has " + entry.getValue());
            }
            ids.put(entry.getKey(), entry.getValue().asInt());
        });
        return ids;
    }

    private static List<String> readMerges(Path file, int limit) {
        List<String> merges = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()))) {
            String line = lines.readLine();
            // The first line is a comment in every such file that is in circulation, but it need not be there.
            if (line != null && line.contains("#version")) {
                line = lines.readLine();
            }
            for (int number = 2; line != null && merges.size() < limit; number++) {
                if (!line.isEmpty()) {
                    merges.add(checkMerge(file, number, line));
                }
                line = lines.readLine();
            }
        } catch (ZipException e) {
            throw new ClapException(
                    "Cannot read " + file + ": its name says it is compressed with gzip, but "
                            + FileContents.guess(file)
                                    .map(g -> "it is " + g)
                                    .orElse("it is not (" + e.getMessage() + ")"),
                    e);
        } catch (CharacterCodingException e) {
            throw new ClapException("Cannot read " + file + " as merges: it is no UTF-8 text", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
        if (merges.isEmpty()) {
            throw new ClapException("The merges file " + file + " holds no merges");
        }
        return merges;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!file.getFileName().toString().endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static String checkMerge(Path file, int line, String merge) {
        int space = merge.indexOf(' ');
        if (space <= 0 || space == merge.length() - 1 || merge.indexOf(' ', space + 1) >= 0) {
            String shown = merge.length() > 60 ? merge.substring(0, 60) + "…" : merge;
            throw new ClapException("The merges file " + file + " should have two pieces a line, separated by a space,"
                    + " but line " + line + " is \"" + shown + "\"");
        }
        return merge;
    }
}
