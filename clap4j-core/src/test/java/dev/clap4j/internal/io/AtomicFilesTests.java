package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTests {
    @TempDir
    private Path folder;

    @Test
    void theFileHasOrdinaryPermissions() throws IOException {
        Assumptions.assumeTrue(Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class));
        Path ordinary = Files.writeString(folder.resolve("ordinary"), "");
        Path atomic = folder.resolve("atomic");
        AtomicFiles.writeString(atomic, "text");
        assertThat(Files.getPosixFilePermissions(atomic)).isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("file");
        AtomicFiles.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, channel -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + file + ": disk full");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderIsNotReplaced() {
        assertThatThrownBy(() -> AtomicFiles.writeString(folder, "text"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + folder + ": it is a folder");
    }

    @Test
    void bytesAreWrittenEitherWay() {
        byte[] bytes = {1, 2, 3};
        AtomicFiles.writeBytes(folder.resolve("a"), bytes);
        AtomicFiles.writeUnforced(folder.resolve("b/c"), bytes);
        AtomicFiles.writeUnforced(folder.resolve("b/c"), new byte[] {4});
        assertThat(folder.resolve("a")).hasBinaryContent(bytes);
        assertThat(folder.resolve("b/c")).hasBinaryContent(new byte[] {4});
        assertThat(folder.resolve("b")).isDirectoryContaining(file -> file.endsWith("c"));
    }

    @Test
    void foldersAreMade() {
        Path file = folder.resolve("a/b/c");
        AtomicFiles.writeString(file, "text");
        assertThat(file).hasContent("text");
    }

    @Test
    void filesThatBelongTogetherStayTogether() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        IntStream.range(0, 200)
                .parallel()
                .forEach(i -> AtomicFiles.writePair(
                        one, channel -> channel.write(bytes(i)), other, channel -> channel.write(bytes(i))));
        assertThat(other).hasSameBinaryContentAs(one);
        assertThatThrownBy(() -> AtomicFiles.writePair(one, channel -> channel.write(bytes(7)), other, channel -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + one + ": disk full");
        assertThat(other).hasSameBinaryContentAs(one);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(one, other);
        }
    }

    private static ByteBuffer bytes(int number) {
        return ByteBuffer.allocate(4).putInt(number).flip();
    }
}
