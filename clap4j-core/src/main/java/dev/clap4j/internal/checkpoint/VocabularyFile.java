package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.tokenizer.pipeline.TokenizerJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A tokenizer file to copy into a checkpoint, under the name expected there.
 *
 * @param name the name in the checkpoint
 * @param content the bytes to write
 */
record VocabularyFile(String name, byte[] content) {
    static final String TOKENIZER = "tokenizer.json";
    static final String MERGES = "bpe_simple_vocab_16e6.txt.gz";

    private static final long MAX_BYTES = 64L << 20;
    private static final int FIRST_LINE = 200;

    static VocabularyFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ClapException("There is no vocabulary file " + path);
        }
        byte[] content = InputFiles.read(path, MAX_BYTES);
        boolean compressed = content.length > 2 && content[0] == 0x1f && (content[1] & 0xFF) == 0x8b;
        try {
            InputStream plain = new ByteArrayInputStream(content);
            if (startsLikeMerges(compressed ? new GZIPInputStream(plain) : plain)) {
                return new VocabularyFile(MERGES, compressed ? content : compress(content));
            }
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + e.getMessage(), e);
        }
        if (startsLikeJson(content)) {
            TokenizerJson.read(path);
            return new VocabularyFile(TOKENIZER, content);
        }
        throw new ClapException(
                path + " is not a vocabulary: expected OpenAI's bpe_simple_vocab_16e6.txt, compressed or not,"
                        + " or a tokenizer.json");
    }

    private static boolean startsLikeMerges(InputStream in) throws IOException {
        try (in) {
            return new String(in.readNBytes(FIRST_LINE), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .contains("#version");
        }
    }

    private static boolean startsLikeJson(byte[] content) {
        return new String(content, 0, Math.min(content.length, FIRST_LINE), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading()
                .startsWith("{");
    }

    private static byte[] compress(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    void copyInto(Path folder) {
        AtomicFiles.write(folder.resolve(name), channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
