package dev.clap4j.fuzz.target;

import dev.clap4j.ClapException;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Vocabularies in several files, and how vocabularies of all kinds are used. */
final class Vocabularies {
    private static final List<TokenizerReference> REFERENCES = List.of(
            TokenizerReference.OPEN_AI,
            TokenizerReference.HUGGING_FACE,
            TokenizerReference.openClip(Optional.empty(), true));

    private static final List<String> TEXTS = List.of(
            "a photo of a dog",
            "",
            "  It's 12 o'clock &amp; \u201Cthe\u201D caf\u00E9 e\u0301 \u00BD \uFB01 ",
            "<|startoftext|>a<|endoftext|>",
            "\u732B \uD83D\uDE00 \u0645\u0631\u062D\u0628\u0627 \u200B\u0000\u001B[2J",
            "a".repeat(300));

    private Vocabularies() {}

    /** Returns {@code vocab.json} with {@code merges.txt}, both with the files beside them. */
    static List<Input> pair() {
        Input pair = Input.of(
                        "vocab.json",
                        TokenizerFiles.tree().at("/model/vocab").toString().getBytes(StandardCharsets.UTF_8))
                .with("merges.txt", merges());
        return List.of(pair, TokenizerFiles.withNeighbours(pair));
    }

    /** Returns {@code vocab.txt} as of BERT, with and without settings. */
    static List<Input> wordPieces() {
        String pieces = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nphoto\n##s\n##graph\nof\ndog\n'\n\u732B\n1\n##2\n";
        Input plain = Input.of("vocab.txt", pieces.getBytes(StandardCharsets.UTF_8));
        String config = "{\"tokenizer_class\": \"BertTokenizer\", \"do_lower_case\": false, \"strip_accents\": true,"
                + " \"mask_token\": {\"content\": \"[MASK]\", \"lstrip\": true}}";
        return List.of(
                plain,
                plain.with("config.json", "{\"model_type\": \"chinese_clip\"}".getBytes(StandardCharsets.UTF_8)),
                plain.with("tokenizer_config.json", config.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns OpenAI's merges, compressed and uncompressed. */
    static List<Input> merges(String name) {
        return List.of(Input.of(name, name.endsWith(".gz") ? compressed(merges()) : merges()));
    }

    private static byte[] merges() {
        StringBuilder merges = new StringBuilder("#version: 0.2\n");
        TokenizerFiles.tree().at("/model/merges").forEach(merge -> merges.append(
                        merge.isArray()
                                ? merge.get(0).asText() + " " + merge.get(1).asText()
                                : merge.asText())
                .append('\n'));
        return merges.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Reads a folder as Hugging Face does, and the SentencePiece model in it as SigLIP's authors do. */
    static void readAny(Path folder) {
        ClapException refused = null;
        for (String name : List.of("", "spiece.model", "tokenizer.model", "sentencepiece.bpe.model")) {
            Path file = folder.resolve(name);
            try {
                if (Files.exists(file)) {
                    ClipTokenizer tokenizer = ClipTokenizer.load(file, 16, TokenizerReference.HUGGING_FACE);
                    use(tokenizer);
                    tokenizer.encodePadded(TEXTS, Overflow.TRUNCATE);
                }
            } catch (ClapException e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    /** Reads a vocabulary and encodes texts, once for every reference implementation. */
    static void read(Path folderOrFile) {
        for (TokenizerReference reference : REFERENCES) {
            use(ClipTokenizer.load(folderOrFile, 16, reference));
        }
    }

    private static void use(ClipTokenizer tokenizer) {
        for (String text : TEXTS) {
            tokenizer.decode(tokenizer.encode(text, Overflow.TRUNCATE));
        }
    }
}
