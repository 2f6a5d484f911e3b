package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTests {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = temporary.resolve("a/run");
    }

    /** Holds a folder, and has a file open in it that is being written, until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            FolderLock lock = FolderLock.take(folder);
            AtomicFiles.writeString(folder.resolve("whole"), "text");
            AtomicFiles.write(folder.resolve("sub/half"), channel -> {
                channel.write(ByteBuffer.wrap(new byte[100]));
                System.out.println("held");
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            lock.close();
        }
    }

    @Test
    void aFolderIsMadeAndLeftClean() throws IOException {
        FolderLock.take(folder).close();
        assertThat(folder).doesNotExist();
        FolderLock.holding(folder, () -> AtomicFiles.writeString(folder.resolve("file"), "text"));
        assertThat(names(folder)).containsExactly("file");
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        FolderLock.take(empty).close();
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void nobodyElseMayWriteAFolderAtTheSameTime() throws IOException {
        FolderLock lock = FolderLock.take(folder);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        for (Path name : new Path[] {folder, folder.resolve("../run"), link}) {
            assertThatThrownBy(() -> FolderLock.take(name))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith(name + " is being written by another run (process "
                            + ProcessHandle.current().pid() + "); wait until that has ended, or choose another folder");
        }
        FolderLock.holding(folder.resolve("other"), () -> AtomicFiles.writeString(folder.resolve("other/file"), ""));
        lock.close();
        FolderLock.take(link).close();
    }

    @Test
    void ofManyThreadsOneHasTheFolder() {
        AtomicInteger within = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        IntStream.range(0, 2000).parallel().forEach(i -> {
            try (FolderLock lock = FolderLock.take(folder)) {
                assertThat(lock).isNotNull();
                assertThat(within.incrementAndGet()).isOne();
                within.decrementAndGet();
                taken.incrementAndGet();
            } catch (ClapException e) {
                assertThat(e).hasMessageContaining("is being written by another run");
            }
        });
        assertThat(taken.get()).isPositive();
    }

    /** A killed process's locks are free at once, and its unfinished files are gone. */
    @Test
    void aKilledProcessLeavesNothingBehind() throws IOException, InterruptedException {
        try (OtherProcess other = OtherProcess.run(Holder.class, folder.toString())) {
            assertThat(other.line()).isEqualTo("held");
            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("is being written by another run (process ");
            // A file that is being written is not taken from under its writer.
            AtomicFiles.writeString(folder.resolve("sub/mine"), "text");
            assertThat(names(folder.resolve("sub"))).hasSize(2);
            other.kill();
        }
        try (FolderLock lock = FolderLock.take(folder)) {
            assertThat(lock).isNotNull();
            AtomicFiles.writeString(folder.resolve("sub/mine"), "text");
            assertThat(names(folder.resolve("sub"))).containsExactly("mine");
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("sub", "whole");
    }

    @Test
    void linksInsideAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("file"), "precious");
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        Files.createSymbolicLink(folder.resolve("file"), precious);
        try (FolderLock lock = FolderLock.take(folder)) {
            assertThat(lock).isNotNull();
            for (String name : new String[] {"sub/file", "sub/deeper/file"}) {
                assertThatThrownBy(() -> AtomicFiles.writeString(folder.resolve(name), "text"))
                        .isInstanceOf(ClapException.class)
                        .hasMessage("Cannot write " + folder.resolve(name) + ": " + folder.resolve("sub")
                                + " is a link, and links inside an output folder are not followed");
            }
            AtomicFiles.writeString(folder.resolve("file"), "text");
        }
        assertThat(names(outside)).containsExactly("file");
        assertThat(precious).hasContent("precious");
        assertThat(folder.resolve("file")).isRegularFile().hasContent("text");
        assertThat(Files.isSymbolicLink(folder.resolve("file"))).isFalse();
    }

    @Test
    void whatIsNoFolderIsNotTaken() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> FolderLock.take(file))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write the folder " + file + ": it is a file");
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve(FolderLock.NAME), file);
        assertThatThrownBy(() -> FolderLock.take(folder))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write the folder " + folder + ": "
                        + folder.toRealPath().resolve(FolderLock.NAME) + " is not a regular file; delete it");
        assertThat(file).hasContent("");
    }

    private static List<String> names(Path in) throws IOException {
        try (var files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
