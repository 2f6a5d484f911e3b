package dev.clap4j;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** Inputs that once failed, in {@code testdata/faults}; its README tells what each stands for. */
public final class Faults {
    private Faults() {}

    /** A file or folder, for instance {@code file("broken-state/p_null")}. */
    public static Path file(String relative) {
        Path path = Path.of(System.getProperty("clap4j.root", ".."), "testdata", "faults")
                .toAbsolutePath()
                .normalize()
                .resolve(relative);
        if (!Files.exists(path)) {
            Assertions.fail("An input of the tests is missing: " + path);
        }
        return path;
    }
}
