package dev.clap4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        softly.assertThat(all).hasSizeGreaterThanOrEqualTo(70);
        softly.assertAll();
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("no-such-folder");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ClipTokenizer.load(missing, 77, TokenizerReference.OPEN_AI))
                .withMessage("There is no tokenizer at " + missing + ": no such file or folder");
    }
}
