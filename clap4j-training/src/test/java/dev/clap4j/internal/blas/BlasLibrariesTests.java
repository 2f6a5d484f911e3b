package dev.clap4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the smallest of the libraries, unpacked as JavaCPP does it. */
class BlasLibrariesTests {
    @TempDir
    private Path folder;

    private final AtomicInteger unpacked = new AtomicInteger();
    private JarFile archive;
    private byte[] right;
    private Path library;

    @BeforeEach
    void find() throws IOException {
        String entry = "org/bytedeco/javacpp/" + Loader.getPlatform() + "/" + System.mapLibraryName("jnijavacpp");
        URL resource = Loader.class.getResource("/" + entry);
        archive = ((JarURLConnection) resource.openConnection()).getJarFile();
        right = archive.getInputStream(archive.getEntry(entry)).readAllBytes();
        library = folder.resolve(Path.of(archive.getName()).getFileName()).resolve(entry);
    }

    private void load() throws IOException {
        BlasLibraries.loadFrom(folder, List.of(archive), () -> {
            if (!Files.exists(library)) {
                unpacked.incrementAndGet();
                write(right);
            }
        });
    }

    private void write(byte... content) {
        try {
            Files.createDirectories(library.getParent());
            Files.write(library, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsDamagedIsUnpackedAgain() throws IOException {
        load();
        load();
        assertThat(unpacked).hasValue(1);

        byte[] damaged = right.clone();
        damaged[damaged.length / 3] ^= 4;
        write(damaged);
        load();
        assertThat(unpacked).hasValue(2);

        write(new byte[10]);
        load();
        assertThat(unpacked).hasValue(3);
        assertThat(library).hasBinaryContent(right);
    }

    /** JavaCPP unpacks some under another name, too. */
    @Test
    void theNameOfALibraryDoesNotMatter() throws IOException {
        load();
        Path renamed = Files.copy(library, library.resolveSibling("another.so"));
        load();
        assertThat(renamed).exists();
        Files.write(renamed, new byte[right.length]);
        load();
        assertThat(renamed).doesNotExist();
    }

    /** Other programs, with other versions, keep theirs there too. */
    @Test
    void whatIsOfOtherArchivesStays() throws IOException {
        load();
        Path other = Files.createDirectories(folder.resolve("javacpp-0.1-other.jar/org/bytedeco/javacpp"))
                .resolve("library.so");
        Files.write(other, new byte[10]);
        Path link = Files.createSymbolicLink(library.resolveSibling("link"), other);
        load();
        assertThat(other).exists();
        assertThat(link).exists();
    }

    /** Unpacked libraries may be loaded by several processes at once; each waits here for the other. */
    @Test
    void whoeverOnlyLoadsDoesNotWait() throws Exception {
        load();
        Process other = ChildProcess.java(Holding.class, folder.toString(), archive.getName())
                .start(Files.createDirectory(folder.resolve("child")));
        try {
            Path holds = folder.resolve("holds");
            while (!Files.exists(holds)) {
                assertThat(other.isAlive()).isTrue();
                Thread.sleep(20);
            }
            load();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Loads, and goes on loading until it is killed. */
    static final class Holding {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            CountDownLatch never = new CountDownLatch(1);
            try (JarFile archive = new JarFile(arguments[1])) {
                BlasLibraries.loadFrom(folder, List.of(archive), () -> {
                    try {
                        Files.createFile(folder.resolve("holds"));
                        never.await();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
        }
    }
}
