package dev.clap4j;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.internal.io.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Golden files: inputs and outputs of the reference implementations, a folder a topic. They lie in {@code testdata/golden};
 * {@code -Dclap4j.golden=DIR} names another folder of the same layout, of which any topic or file may be absent. A test
 * takes names, shapes and values from the folder, so that it holds for either.
 */
public final class Golden {
    private static final Path OWN = root().resolve("testdata/golden");

    /** Some golden files hold NaN. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final SortedSet<String> ABSENT = new ConcurrentSkipListSet<>();

    private Golden() {}

    private static Path root() {
        return Path.of(System.getProperty("clap4j.root", "..")).toAbsolutePath().normalize();
    }

    /** The folder in use. */
    static Path folder() {
        String other = System.getProperty("clap4j.golden", "");
        return other.isEmpty() ? OWN : root().resolve(other).normalize();
    }

    /** Names of files and topics that tests asked for and did not find. */
    static Collection<String> absent() {
        return new TreeSet<>(ABSENT);
    }

    /** A file or folder, for instance {@code "losses/losses.json"}; the test is skipped if another folder lacks it. */
    public static Path file(String relative) {
        Path path = folder().resolve(relative);
        if (!Files.exists(path)) {
            skip(relative);
        }
        return path;
    }

    /** The content of a JSON file. */
    public static JsonNode json(String relative) {
        try {
            return JSON.readTree(file(relative).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of tensors. */
    public static SafetensorsFile tensors(String relative) {
        return SafetensorsFile.open(file(relative));
    }

    /**
     * The sorted names, without the suffix, of a folder's files that end in it; the test is skipped if another folder has
     * none.
     */
    public static List<String> names(String folder, String suffix) {
        try (Stream<Path> files = Files.list(file(folder))) {
            return present(
                    folder + "/*" + suffix,
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(suffix))
                            .map(name -> name.substring(0, name.length() - suffix.length()))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sorted names of the topics that begin so. */
    public static List<String> topics(String prefix) {
        try (Stream<Path> folders = Files.list(folder())) {
            return present(
                    prefix + "*",
                    folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> name.startsWith(prefix))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sorted names of a folder's folders, of those that hold a certain one if its name is not empty. */
    public static List<String> folders(String folder, String holding) {
        try (Stream<Path> folders = Files.list(file(folder))) {
            return present(
                    folder + "/*/" + holding,
                    folders.filter(one -> Files.isDirectory(one.resolve(holding)))
                            .map(one -> one.getFileName().toString())
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases; if there are none, the test is skipped in another folder and fails in our own. */
    public static <T> List<T> present(String name, List<T> cases) {
        if (cases.isEmpty()) {
            skip(name);
        }
        return cases;
    }

    private static void skip(String name) {
        Path folder = folder();
        if (folder.equals(OWN) || !Files.isDirectory(folder)) {
            Assertions.fail("The golden files are incomplete: " + folder.resolve(name) + " is missing");
        }
        ABSENT.add(name);
        Assumptions.abort("Not among the golden files of " + folder + ": " + name);
    }
}
