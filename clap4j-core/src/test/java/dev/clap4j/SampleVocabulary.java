package dev.clap4j;

import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A merges file of the form and size of OpenAI's, made up: the words below are one token each, other words are cut into
 * pairs of letters.
 */
public final class SampleVocabulary {
    /** The merges that CLIP uses. */
    private static final int MERGES = 49152 - 256 - 2;

    private static final String WORDS = """
            a an the of in is it style photo picture image large normal sized small red blue green yellow purple orange
            black white realistic impressionistic abstract painting sketch cartoon clipart photograph infograph mosaic art
            sculpture watercolor dog elephant giraffe guitar horse house person cat bird car chair cow pig alarm clock plain
            quick brown fox jumps over lazy dogs word drawing bicycle text another one two three""";

    private static Path file;

    private SampleVocabulary() {}

    /** The file, compressed and named as OpenAI's is; deleted at the end of the tests. */
    public static synchronized Path file() {
        if (file == null) {
            file = SampleFolder.create("vocabulary").resolve("bpe_simple_vocab_16e6.txt.gz");
            try (Writer out =
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
                out.write("#version: 0.2\n" + String.join("\n", merges()) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return file;
    }

    private static List<String> merges() {
        Map<String, String> merges = new LinkedHashMap<>();
        for (String word : WORDS.split("\\s+", -1)) {
            List<String> pieces = new ArrayList<>(List.of(word.split("(?<=.)(?=.)", -1)));
            pieces.set(pieces.size() - 1, pieces.get(pieces.size() - 1) + ByteAlphabet.END_OF_WORD);
            List.copyOf(merges.values()).forEach(merge -> apply(merge, pieces));
            while (pieces.size() > 1) {
                String merge = pieces.get(0) + " " + pieces.get(1);
                merges.put(pieces.get(0) + pieces.get(1), merge);
                apply(merge, pieces);
            }
        }
        for (int i = 0; merges.size() < MERGES; i++) {
            String first = ByteAlphabet.at(i / 512);
            String second = ByteAlphabet.at(i % 256) + (i / 256 % 2 == 0 ? "" : ByteAlphabet.END_OF_WORD);
            merges.putIfAbsent(first + second, first + " " + second);
        }
        return new ArrayList<>(merges.values());
    }

    private static void apply(String merge, List<String> pieces) {
        for (int i = 0; i + 1 < pieces.size(); i++) {
            if (merge.equals(pieces.get(i) + " " + pieces.get(i + 1))) {
                pieces.set(i, pieces.get(i) + pieces.remove(i + 1));
            }
        }
    }
}
