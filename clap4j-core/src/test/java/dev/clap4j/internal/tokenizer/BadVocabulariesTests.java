package dev.clap4j.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadVocabulariesTests {
    @TempDir
    Path folder;

    @Test
    void eachIsRefusedWithItsMessage() {
        List<BadFile> all = BadVocabularies.all(folder);
        SoftAssertions softly = new SoftAssertions();
        for (BadFile bad : all) {
            softly.assertThatThrownBy(() -> ClipTokenizer.load(bad.path(), 77, TokenizerReference.HUGGING_FACE))
                    .as(bad.name())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(bad.message());
        }
        softly.assertThat(all).hasSizeGreaterThanOrEqualTo(120);
        softly.assertAll();
    }

    /** Two million lines in 8 kB, and a hundred million. */
    @ParameterizedTest
    @ValueSource(ints = {2_000_000, 100_000_000})
    void aSmallCompressedFileCostsLittle(int lines) throws IOException {
        Path file = folder.resolve("bpe_simple_vocab_16e6.txt.gz");
        byte[] thousand = "i n\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < lines / 1000; i++) {
                out.write(thousand);
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ClipTokenizer.load(file, 77, TokenizerReference.OPEN_AI));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("no-such-folder");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ClipTokenizer.load(missing, 77, TokenizerReference.OPEN_AI))
                .withMessage("There is no tokenizer at " + missing + ": no such file or folder");
    }
}
