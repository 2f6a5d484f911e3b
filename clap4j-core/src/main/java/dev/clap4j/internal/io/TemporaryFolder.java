package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is deleted with its content on close.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /**
     * Creates a folder among the system's temporary files.
     *
     * @throws ClapException if it cannot be created
     */
    public static TemporaryFolder create() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("clap4j"));
        } catch (IOException e) {
            throw new ClapException("Cannot create a temporary folder: " + e, e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : innermostFirst) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot delete the temporary folder " + path + ": " + e, e);
        }
    }
}
