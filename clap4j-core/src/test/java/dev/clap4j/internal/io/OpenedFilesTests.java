package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedFilesTests {
    @TempDir
    private Path folder;

    private Path file;
    private OpenedFiles opened;

    @BeforeEach
    void open() throws IOException {
        file = Files.write(folder.resolve("weights"), new byte[100]);
        opened = OpenedFiles.of(List.of(file));
        opened.requireUnchanged();
    }

    @Test
    void whatIsWrittenInPlaceIsNoticed() throws IOException {
        Files.write(file, new byte[40]);
        assertWritten();
    }

    @Test
    void anotherContentOfTheSameSizeIsNoticed() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertWritten();
    }

    private void assertWritten() {
        assertThatThrownBy(opened::requireUnchanged)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("weights was written while it is in use");
    }

    /** A mapped file stays, whatever its name. */
    @Test
    void anotherFileInItsPlaceDoesNoHarm() throws IOException {
        Path other = Files.write(folder.resolve("other"), new byte[7]);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatCode(opened::requireUnchanged).doesNotThrowAnyException();
        Files.delete(file);
        assertThatCode(opened::requireUnchanged).doesNotThrowAnyException();
    }
}
