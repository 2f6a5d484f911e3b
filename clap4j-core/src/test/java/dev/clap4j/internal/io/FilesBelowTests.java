package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilesBelowTests {
    @TempDir
    private Path folder;

    @Test
    void listsFilesOfAllLevelsInOrder() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("b/c"));
        Path deep = Files.createFile(inner.resolve("d"));
        Path middle = Files.createFile(folder.resolve("b/a"));
        Path top = Files.createFile(folder.resolve("a"));
        assertThat(FilesBelow.of(folder)).containsExactly(top, middle, deep);
        assertThat(FilesBelow.of(folder, 2)).containsExactly(top, middle);
        assertThat(FilesBelow.of(folder, 1)).containsExactly(top);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreListedNotFollowed() throws IOException {
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder);
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));
        assertThat(FilesBelow.of(folder)).containsExactly(circle, nowhere);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksThatAreFollowedLeadToEachFileOnce() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/inner"));
        Path file = Files.createFile(inner.resolve("file"));
        Path circle = Files.createSymbolicLink(inner.resolve("circle"), folder);
        Path other = Files.createSymbolicLink(folder.resolve("b"), inner);
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));
        assertThat(FilesBelow.followingLinks(folder, inside -> true))
                .containsExactly(circle, file, other.resolve("circle"), other.resolve("file"), nowhere);
        assertThat(FilesBelow.followingLinks(folder, inside -> !inside.equals(other)))
                .containsExactly(circle, file, nowhere);
    }

    @Test
    void foldersThatAreNotEnteredNeedNotBeReadable() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.createFile(locked.resolve("other"));
        assertThat(FilesBelow.of(folder, inside -> !inside.equals(locked))).containsExactly(file);
        assumeThat(locked.toFile().setReadable(false)).isTrue();
        try {
            assertThat(FilesBelow.of(folder, inside -> !inside.equals(locked))).containsExactly(file);
            assumeThat(Files.isReadable(locked)).isFalse();
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> FilesBelow.of(folder));
        } finally {
            assertThat(locked.toFile().setReadable(true)).isTrue();
        }
    }

    @Test
    void missingFolderIsAnError() {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> FilesBelow.of(folder.resolve("missing")));
    }

    @Test
    void filesMayGoMeanwhile() throws Throwable {
        Path stays = Files.createFile(folder.resolve("stays"));
        PassingFiles.beside(folder, () -> {
            assertThat(FilesBelow.of(folder)).contains(stays);
            assertThat(FilesBelow.followingLinks(folder, inside -> true)).contains(stays);
        });
    }
}
