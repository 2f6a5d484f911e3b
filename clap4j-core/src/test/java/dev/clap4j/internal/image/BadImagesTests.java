package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadImagesTests {
    @TempDir
    Path folder;

    @Test
    void eachIsRefusedWithItsMessage() {
        List<BadFile> all = BadImages.all(folder);
        SoftAssertions softly = new SoftAssertions();
        for (BadFile bad : all) {
            softly.assertThatThrownBy(() -> ImageDecoder.decode(bad.path(), DecodeOptions.defaults()))
                    .as(bad.name())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(bad.message());
        }
        softly.assertAll();
        assertThat(all).hasSizeGreaterThanOrEqualTo(9);
    }
}
