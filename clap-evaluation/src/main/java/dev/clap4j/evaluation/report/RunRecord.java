package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run's folder.
 *
 * @param folder where it is
 * @param run the content of its {@code run.json}
 */
record RunRecord(Path folder, JsonNode run) {
    private static final String FILE = "run.json";

    /** How deep below a given folder runs are looked for. */
    private static final int DEPTH = 4;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The runs in folders and below, each once, in the order of their names.
     *
     * @throws ClapException if a folder has none, or a {@code run.json} cannot be read
     */
    static List<RunRecord> find(List<Path> folders) {
        List<RunRecord> all = new ArrayList<>();
        for (Path folder : folders) {
            List<RunRecord> found = find(folder);
            if (found.isEmpty()) {
                throw new ClapException("There is no run in " + folder + ": neither it nor a folder below has a " + FILE
                        + "; name the --out of what was run");
            }
            found.stream()
                    .filter(run -> all.stream().noneMatch(known -> known.folder.equals(run.folder)))
                    .forEach(all::add);
        }
        return all;
    }

    private static List<RunRecord> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder);
        }
        try (Stream<Path> files = Files.find(
                folder, DEPTH, (file, about) -> file.getFileName().toString().equals(FILE))) {
            return files.sorted().map(RunRecord::read).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot look for runs in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static RunRecord read(Path file) {
        try {
            return new RunRecord(file.toAbsolutePath().normalize().getParent(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new ClapException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What was measured; empty if something was trained or swept. */
    Optional<Protocol> protocol() {
        String word = run.path("protocol").asText();
        return Stream.of(Protocol.values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst();
    }

    /** Whether a head was trained. */
    boolean isTraining() {
        return run.has("objective");
    }

    /** The result in a file of the folder; empty if the run is not finished. */
    <T> Optional<T> result(String file, Class<T> type) {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Optional.of(ResultFile.load(path, type)) : Optional.empty();
    }

    /** What was typed. */
    String command() {
        return run.path("command").asText();
    }

    /** A part of the model's description. */
    String model(String part) {
        return run.path("model").path(part).asText();
    }

    /** The folder of the images. */
    String data() {
        return run.path("data").path("folder").asText();
    }

    /** A chosen option. */
    String option(String name) {
        return run.path("options").path(name).asText();
    }
}
