package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.internal.io.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run directory.
 *
 * @param folder the directory
 * @param run the content of its {@code run.json}
 */
record RunRecord(Path folder, JsonNode run) {
    private static final String FILE = "run.json";

    /** The search depth for runs below a folder. */
    private static final int DEPTH = 4;

    /**
     * Finds the runs in and below folders, each once, sorted by name.
     *
     * @throws ClapException if a folder has no runs, or a {@code run.json} cannot be read
     */
    static List<RunRecord> find(List<Path> folders) {
        List<RunRecord> all = new ArrayList<>();
        for (Path folder : folders) {
            List<RunRecord> found = find(folder);
            if (found.isEmpty()) {
                throw new ClapException(
                        Problem.NO_RUN,
                        "There is no run in " + folder + ": neither it nor a folder below has a " + FILE);
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
                Files.isSymbolicLink(folder) ? folder.toRealPath() : folder,
                DEPTH,
                (file, about) -> file.getFileName().toString().equals(FILE))) {
            return files.sorted().map(RunRecord::read).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot look for runs in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static RunRecord read(Path file) {
        return new RunRecord(file.toAbsolutePath().normalize().getParent(), JsonFiles.readObject(requireOwn(file)));
    }

    /** Returns the protocol; empty for a training or sweep. */
    Optional<Protocol> protocol() {
        String word = run.path("protocol").asText();
        return Stream.of(Protocol.values())
                .filter(protocol -> protocol.word().equals(word))
                .findFirst();
    }

    /** Returns whether this is a training run. */
    boolean isTraining() {
        return run.has("objective");
    }

    /**
     * Reads a result file in the directory; empty if the run is not finished.
     *
     * @throws ClapException if the file cannot be read, has other content, or is a link
     */
    <T> Optional<T> result(String name, Class<T> type) {
        Path path = folder.resolve(name);
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(ResultFile.load(requireOwn(path), type));
    }

    private static Path requireOwn(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClapException(
                    file + " is a link, or no file; a report shows what is in the folders of runs themselves");
        }
        return file;
    }

    /**
     * Returns a file in the directory. Run directories may be untrusted, so paths and links that lead outside are not
     * followed.
     *
     * @param name its path relative to the directory
     * @return empty if the file does not exist, is reached by a link, or lies outside the directory
     */
    Optional<Path> file(String name) {
        Path relative;
        try {
            relative = Path.of(name);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (relative.isAbsolute() || relative.getRoot() != null) {
            return Optional.empty();
        }
        Path inside = folder;
        for (Path part : relative) {
            if (part.toString().equals("..") || Files.isSymbolicLink(inside.resolve(part))) {
                return Optional.empty();
            }
            inside = inside.resolve(part);
        }
        return Files.isRegularFile(inside, LinkOption.NOFOLLOW_LINKS) ? Optional.of(inside) : Optional.empty();
    }

    /** Returns the command line. */
    String command() {
        return run.path("command").asText();
    }

    /** Returns a field of the model's description. */
    String model(String part) {
        return run.path("model").path(part).asText();
    }

    /** Returns the folder of the images. */
    String data() {
        return run.path("data").path("folder").asText();
    }

    /** Returns the value of an option. */
    String option(String name) {
        return run.path("options").path(name).asText();
    }
}
