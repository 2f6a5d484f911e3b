package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTests {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("a/log");
    }

    @Test
    void linesAreAddedAndRead() {
        assertThat(AppendedFile.wholeLines(file)).isEmpty();
        try (AppendedFile lines = AppendedFile.open(file)) {
            lines.append("one\n");
            lines.append("zwei ä\n");
        }
        assertThat(AppendedFile.wholeLines(file)).containsExactly("one", "zwei ä");
    }

    @Test
    void aLineWithoutAnEndIsDeleted() throws IOException {
        try (AppendedFile lines = AppendedFile.open(file)) {
            lines.append("one\ntw");
        }
        assertThat(AppendedFile.wholeLines(file)).containsExactly("one");
        assertThat(file).hasContent("one\n");
        Files.writeString(file, "no end");
        assertThat(AppendedFile.wholeLines(file)).isEmpty();
        assertThat(file).isEmptyFile();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "text");
        Path link = Files.createSymbolicLink(folder.resolve("link"), precious);
        assertThatThrownBy(() -> AppendedFile.open(link))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + link + ": it is a link, or not a regular file");
        assertThatThrownBy(() -> AppendedFile.wholeLines(link)).isInstanceOf(ClapException.class);
        assertThat(precious).hasContent("text");
    }
}
