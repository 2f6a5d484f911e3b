package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.head.Head;
import dev.clap4j.io.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A head that is compared with others.
 *
 * @param name what it is called in tables and plots
 * @param file where it lies
 * @param head the head
 * @param alphas its strengths, at least one
 */
record NamedHead(String name, Path file, Head head, List<Float> alphas) {
    /** Identifies the file's content. */
    String digest() {
        try {
            return Digests.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e, e);
        }
    }
}
