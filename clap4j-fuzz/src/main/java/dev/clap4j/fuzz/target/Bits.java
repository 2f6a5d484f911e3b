package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are written to be read back as bytes. */
final class Bits {
    private Bits() {}

    /** Writes files into a folder. */
    @FunctionalInterface
    interface Writing {
        void into(Path folder) throws Exception;
    }

    /** Returns the written files as an input. */
    static Input written(Writing writing) {
        try {
            Path folder = Files.createTempDirectory("seed");
            try {
                writing.into(folder);
                return Input.readFrom(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("A sound input that cannot be made", e);
        }
    }

    /** Returns the content of the single written file of that name. */
    static byte[] file(String name, Writing writing) {
        return written(writing).get(name);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            List<Path> paths = below.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
