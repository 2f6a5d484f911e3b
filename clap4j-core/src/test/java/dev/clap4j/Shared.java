package dev.clap4j;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Where the tests find the reference implementation's numbers and the sample images. */
public final class Shared {
    private Shared() {}

    /** A file of the golden numbers, for instance {@code golden("losses/losses.json")}. */
    public static Path golden(String relative) {
        return find("golden/" + relative);
    }

    /** A file or folder of the sample data, for instance {@code data("pacs-sample")}. */
    public static Path data(String relative) {
        return find("data/" + relative);
    }

    /** A file or folder of the inputs that once failed, for instance {@code fault("broken-state/p_null")}. */
    public static Path fault(String relative) {
        return find("faults/" + relative);
    }

    /** The file; a test that needs it is skipped where it is absent, but fails where {@code CI=true}. */
    private static Path find(String relative) {
        Path path = Path.of(System.getProperty("clap4j.shared", "../../shared"))
                .resolve(relative)
                .normalize();
        if (!Files.exists(path)) {
            String message = "The reference files are not here: " + path + " is missing";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        return path;
    }
}
