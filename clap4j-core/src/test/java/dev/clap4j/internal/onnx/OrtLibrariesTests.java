package dev.clap4j.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import dev.clap4j.ChildProcess;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class OrtLibrariesTests {
    @TempDir
    private Path folder;

    /** Starts ONNX Runtime with its libraries in a cache, and multiplies two numbers. */
    static final class Multiplying {
        public static void main(String[] arguments) {
            OrtLibraries.keepIn(Path.of(arguments[0]));
            Input x = new Input("x", DataType.F32, 1);
            TensorSource none = new TensorSource() {
                @Override
                public Set<String> names() {
                    return Set.of();
                }

                @Override
                public TensorData get(String name) {
                    throw new IllegalArgumentException(name);
                }
            };
            try (CompiledNetwork network = OrtEngine.create(1).compile(Multiplying::doubled, List.of(x), none)) {
                System.out.println(
                        network.run(TensorData.of("x", new float[] {21}, 1)).toFloats()[0]);
            }
            System.out.println(System.getProperty("onnxruntime.native.path"));
        }

        private static <T> T doubled(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return ops.scale(inputs.get(0), 2);
        }
    }

    private static ChildProcess.Result start(Path cache) {
        return ChildProcess.java(Multiplying.class, cache.toString()).run();
    }

    private Path kept() throws IOException {
        try (Stream<Path> versions = Files.list(folder.resolve("natives"))) {
            return versions.filter(version -> version.getFileName().toString().startsWith("onnxruntime-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsDamagedIsUnpackedAgain() throws IOException {
        ChildProcess.Result first = start(folder);
        assertThat(first.out()).containsExactly("42.0", kept().toString());
        assertThat(first.exitCode()).isZero();
        Path library = kept().resolve(System.mapLibraryName("onnxruntime"));
        byte[] right = Files.readAllBytes(library);

        byte[] damaged = right.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(library, damaged);
        assertThat(start(folder).out()).first().isEqualTo("42.0");
        assertThat(library).hasBinaryContent(right);

        Files.write(library, new byte[100]);
        assertThat(start(folder).out()).first().isEqualTo("42.0");
        assertThat(library).hasBinaryContent(right);
    }

    @Test
    void aLinkInTheCacheIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("natives"), elsewhere);
        assertDoneWithout(folder, "is a link or a file");
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** One line says so, and all goes on. */
    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Path file = Files.createFile(folder.resolve("no-folder"));
        assertDoneWithout(file.resolve("cache"), "no-folder");
    }

    private static void assertDoneWithout(Path cache, String why) {
        ChildProcess.Result result = start(cache);
        assertThat(result.out()).containsExactly("42.0", "null");
        assertThat(result.err()).singleElement().asString().contains("unpacked again at every start", why);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void othersMayNotWriteWhereTheyLie() throws IOException {
        Path natives = Files.createDirectories(folder.resolve("natives"));
        if (!natives.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Files.setPosixFilePermissions(natives, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(start(folder).exitCode()).isZero();
        for (Path own : List.of(natives, kept())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rwx------");
        }
    }

    /** From version 1.29 on the libraries for Linux and macOS send events to their makers. */
    @Test
    void noneKnowsWhereToReportTo() throws IOException {
        JarURLConnection archive = (JarURLConnection)
                OrtEnvironment.class.getResource("OrtEnvironment.class").openConnection();
        int libraries = 0;
        try (JarFile jar =
                new JarFile(Path.of(archive.getJarFileURL().getPath()).toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().matches(".*/native/.*\\.(so|dylib|dll)")) {
                    libraries++;
                    try (InputStream content = jar.getInputStream(entry)) {
                        assertThat(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1))
                                .doesNotContain("events.data.", "OneCollector");
                    }
                }
            }
        }
        assertThat(libraries).isGreaterThan(5);
    }
}
