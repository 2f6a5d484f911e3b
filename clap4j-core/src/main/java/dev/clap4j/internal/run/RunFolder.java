package dev.clap4j.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.RunStart;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run directory, locked against other writers until closed. */
public final class RunFolder implements AutoCloseable {
    /** Parts of {@code run.json} with several things, and the kind of these. */
    private static final Map<String, String> SINGULAR = Map.of("heads", "head", "models", "model", "data", "data set");

    private static final String PROVENANCE = "run.json";

    /**
     * The files allowed in the directory of a new run: the record of a run that failed before its first step, and the
     * support set.
     */
    private static final Set<String> HARMLESS = Set.of(PROVENANCE, "support.json");

    /** The fields of a model or a data set that follow from its fingerprint, or do not matter. */
    private static final Set<String> DESCRIBED = Set.of("folder", "architecture");

    private final Path folder;
    private final FolderLock lock;

    private RunFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Prepares the directory for a run.
     *
     * @param run the configuration of the run, for {@code run.json}
     * @param fixed the fields that a resumed run must share with the original
     * @param files the run's other files, which are deleted before a new run starts
     * @throws ClapException if the directory holds another run or one of another kind, holds none to resume, has files of
     *     a run's names that are not a run's, or is in use
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
     * Checks that the directory is free for a new run. A run that failed before its first step does not count.
     *
     * @throws ClapException if it holds a run
     */
    public static void requireFree(Path folder, RunStart start) {
        if (start == RunStart.NEW && Files.exists(provenance(folder)) && hasMore(folder)) {
            throw new ClapException(Problem.RUN_EXISTS, folder + " already holds a run");
        }
    }

    /**
     * Checks that an existing run is of the same kind; otherwise its files would remain beside those of the new one.
     *
     * @param run the configuration of the new run
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

    /** Returns the kind of a run: the measurement or recipe, {@code training} or {@code pretraining}. */
    public static String kind(JsonNode run) {
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

    /** Returns the path of {@code run.json} in a directory, the configuration of the run. */
    public static Path provenance(Path folder) {
        return folder.resolve(PROVENANCE);
    }

    /** Returns the directory. */
    public Path folder() {
        return folder;
    }

    /** Returns the path of {@code run.json}, the configuration of the run. */
    public Path provenance() {
        return provenance(folder);
    }

    /** Returns the path of {@code metrics.jsonl}, with one line per step. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** Returns the path of {@code checkpoint.safetensors}, the state from which the run is resumed. */
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
        // A model may be moved or renamed before a run is resumed.
        if (part.equals("models") && before.size() == 1 && now.size() == 1) {
            requireSameFields(
                    "the model's ", before.iterator().next(), now.iterator().next());
            return;
        }
        for (String name : names(before, now)) {
            boolean matters = !(part.equals("model") && name.equals("name"));
            if (matters && (before.path(name).isObject() || now.path(name).isObject())) {
                requireSame(SINGULAR.getOrDefault(part, part), name, before.path(name), now.path(name));
            } else if (matters && !before.path(name).equals(now.path(name))) {
                throw differs(title(part, name), before.path(name), now.path(name));
            }
        }
    }

    /** Compares one of several things of a kind, such as heads. */
    private void requireSame(String kind, String name, JsonNode before, JsonNode now) {
        String thing = "the " + kind + " " + name;
        if (before.isMissingNode() || now.isMissingNode()) {
            throw new ClapException(
                    Problem.RUN_DIFFERS,
                    "The run in " + folder + " was started with" + (now.isMissingNode() ? " " : "out ") + thing
                            + (now.isMissingNode() ? ", which is missing now" : ""));
        }
        requireSameFields(thing + (thing.endsWith("s") ? "' " : "'s "), before, now);
    }

    private void requireSameFields(String owner, JsonNode before, JsonNode now) {
        for (String field : names(before, now)) {
            // Images may be moved, and architectures be described in other words; fingerprints tell what is the same.
            if (!DESCRIBED.contains(field) && !before.path(field).equals(now.path(field))) {
                throw differs(owner + field, before.path(field), now.path(field));
            }
        }
    }

    private static Set<String> names(JsonNode before, JsonNode now) {
        Set<String> names = new LinkedHashSet<>();
        now.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private ClapException differs(String title, JsonNode before, JsonNode now) {
        return new ClapException(
                Problem.RUN_DIFFERS,
                "The run in " + folder + " was started with " + title + " " + text(before) + ", but now it is "
                        + text(now));
    }

    private static String title(String part, String name) {
        return part.equals("options") ? name : "the " + part + (part.endsWith("s") ? "' " : "'s ") + name;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
    }

    /** Deletes the files of the run that is in the directory. Without a record, such files are not a run's. */
    private void clear(List<Path> files) {
        List<Path> old = new ArrayList<>(List.of(metrics(), state()));
        old.addAll(files);
        if (Files.notExists(provenance())) {
            old.stream().filter(Files::exists).findFirst().ifPresent(file -> {
                throw new ClapException(folder + " has a file " + folder.relativize(file) + " already, but no "
                        + PROVENANCE + " of a run; choose another folder");
            });
        }
        try {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(provenance());
        } catch (IOException e) {
            throw new ClapException("Cannot replace the run in " + folder + ": " + IoReasons.of(e), e);
        }
    }
}
