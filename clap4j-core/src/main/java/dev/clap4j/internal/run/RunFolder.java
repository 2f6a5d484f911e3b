package dev.clap4j.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run's folder, which nobody else may write until this is closed. */
public final class RunFolder implements AutoCloseable {
    private static final String PROVENANCE = "run.json";

    /** What may lie in the folder of a new run: the record of one that failed before it did anything, and what was brought. */
    private static final Set<String> HARMLESS = Set.of(PROVENANCE, "support.json");

    private final Path folder;
    private final FolderLock lock;

    private RunFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder ready for a run.
     *
     * @param run what the run is made from, for {@code run.json}
     * @param fixed the parts of it that a resumed run must share with the one it resumes
     * @param files the run's other files, which are deleted before a new run starts
     * @throws ClapException if the folder holds another run, one of another kind, none where one is to be resumed, or one that
     *     goes on now
     */
    public static RunFolder open(
            Path folder, RunStart start, ObjectNode run, List<String> fixed, Function<Path, List<Path>> files) {
        if (start == RunStart.RESUME && !Files.exists(provenance(folder))) {
            throw new ClapException(folder + " holds no run that could be resumed: there is no " + provenance(folder));
        }
        RunFolder opened = new RunFolder(folder, FolderLock.take(folder));
        try {
            requireKind(folder, run);
            if (start == RunStart.RESUME) {
                opened.requireSame(run, fixed);
            } else {
                requireFree(folder, start);
                opened.clear(files.apply(folder));
                AtomicFiles.writeString(opened.provenance(), run.toPrettyString() + "\n");
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Makes sure that no run is there where a new one should start. One that failed before it did anything does not count.
     *
     * @throws ClapException if there is one
     */
    public static void requireFree(Path folder, RunStart start) {
        if (start == RunStart.NEW && Files.exists(provenance(folder)) && hasMore(folder)) {
            throw new ClapException(Problem.RUN_EXISTS, folder + " already holds a run");
        }
    }

    /**
     * Makes sure that a run that is there is one of the same kind: its files would stay beside those of the new one.
     *
     * @param run what the new run is made from
     * @throws ClapException if it is of another kind
     */
    public static void requireKind(Path folder, JsonNode run) {
        Path file = provenance(folder);
        if (Files.exists(file) && hasMore(folder)) {
            String before = kind(JsonFiles.readObject(file));
            String now = kind(run);
            if (!before.equals(now)) {
                throw new ClapException(
                        folder + " holds a run of another kind, " + before + "; choose another folder for " + now);
            }
        }
    }

    private static String kind(JsonNode run) {
        if (run.has("protocol")) {
            return run.get("protocol").asText();
        }
        if (run.has("sweep")) {
            return "sweep";
        }
        return run.path("objective").asText().equals("clip") ? "pretraining" : "training";
    }

    private static boolean hasMore(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> !AtomicFiles.isPassing(file)
                    && !HARMLESS.contains(file.getFileName().toString()));
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
    }

    /** {@code run.json} in a folder: what the run is made from. */
    public static Path provenance(Path folder) {
        return folder.resolve(PROVENANCE);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** {@code run.json}: what the run is made from. */
    public Path provenance() {
        return provenance(folder);
    }

    /** {@code metrics.jsonl}: a line for every step. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** {@code checkpoint.safetensors}: everything that the next steps depend on. */
    public Path state() {
        return folder.resolve("checkpoint.safetensors");
    }

    @Override
    public void close() {
        lock.close();
    }

    private void requireSame(ObjectNode now, List<String> fixed) {
        JsonNode before = JsonFiles.readObject(provenance());
        for (String part : fixed) {
            requireSame(part, before.path(part), now.path(part));
        }
    }

    private void requireSame(String part, JsonNode before, JsonNode now) {
        Set<String> names = new LinkedHashSet<>();
        now.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            // A model may be moved or renamed between the parts of a run.
            boolean matters = !(part.equals("model") && name.equals("name"));
            if (matters && !before.path(name).equals(now.path(name))) {
                throw new ClapException(
                        Problem.RUN_DIFFERS,
                        "The run in " + folder + " was started with " + title(part, name) + " "
                                + text(before.path(name)) + ", but now it is " + text(now.path(name)));
            }
        }
    }

    private static String title(String part, String name) {
        return part.equals("options") ? name : "the " + part + (part.endsWith("s") ? "' " : "'s ") + name;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
    }

    private void clear(List<Path> files) {
        try {
            Files.deleteIfExists(provenance());
            Files.deleteIfExists(metrics());
            Files.deleteIfExists(state());
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot replace the run in " + folder + ": " + IoReasons.of(e), e);
        }
    }
}
