package dev.clap4j;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/**
 * Files that may not be part of the project: photographs of PACS, OpenAI's vocabulary, the authors' trained head, inputs
 * that once failed. They lie in a folder {@code shared} beside the checkout, or where {@code -Dclap4j.shared=DIR} says. A test
 * that reads one is tagged {@link #TAG} and runs under {@code -Pshared-tests} only.
 */
public final class Shared {
    /** The tag of tests that read such a file. */
    public static final String TAG = "shared";

    private Shared() {}

    /** A file or folder of the sample data, for instance {@code data("pacs-sample")}. */
    public static Path data(String relative) {
        return find("data/" + relative);
    }

    /** OpenAI's merges file. */
    public static Path openAiVocabulary() {
        return data("bpe_simple_vocab_16e6.txt.gz");
    }

    /** A golden file that belongs to others, for instance {@code golden("head/real_checkpoint_7200.pth")}. */
    public static Path golden(String relative) {
        return find("golden/" + relative);
    }

    /** A file or folder of the inputs that once failed, for instance {@code fault("broken-state/p_null")}. */
    public static Path fault(String relative) {
        return find("faults/" + relative);
    }

    private static Path find(String relative) {
        Path path = Path.of(System.getProperty("clap4j.shared", "../../shared"))
                .resolve(relative)
                .normalize();
        if (!Files.exists(path)) {
            Assertions.fail("This test reads a file that is no part of the project, and " + path
                    + " is missing. Leave out" + " -Pshared-tests, or tag the test \"" + TAG + '"');
        }
        return path;
    }
}
