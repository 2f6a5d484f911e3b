package dev.clap4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A run's folder, and whether a run may start in it.
 *
 * @param folder where it is
 */
public record RunFolder(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Makes the folder ready for a run.
     *
     * @param run what the run is made from, for {@code run.json}
     * @param fixed the parts of it that a resumed run must share with the one it resumes
     * @param files the run's other files, which are deleted before a new run starts
     * @throws ClapException if the folder holds another run, or none where one is to be resumed
     */
    public static RunFolder open(Path folder, RunStart start, ObjectNode run, List<String> fixed, List<Path> files) {
        RunFolder opened = new RunFolder(folder);
        opened.requireFree(start);
        boolean exists = Files.exists(opened.provenance());
        if (start == RunStart.RESUME) {
            opened.requireSame(exists, run, fixed);
            return opened;
        }
        opened.clear(files);
        AtomicFiles.writeString(opened.provenance(), run.toPrettyString() + "\n");
        return opened;
    }

    /**
     * Makes sure that no run is there where a new one should start.
     *
     * @throws ClapException if there is one
     */
    public void requireFree(RunStart start) {
        if (start == RunStart.NEW && Files.exists(provenance())) {
            throw new ClapException(
                    folder + " already holds a run; continue it with --resume, or replace it with --overwrite");
        }
    }

    /** {@code run.json}: what the run is made from. */
    public Path provenance() {
        return folder.resolve("run.json");
    }

    /** {@code metrics.jsonl}: a line for every step. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** {@code checkpoint.safetensors}: everything that the next steps depend on. */
    public Path state() {
        return folder.resolve("checkpoint.safetensors");
    }

    private void requireSame(boolean exists, ObjectNode now, List<String> fixed) {
        if (!exists) {
            throw new ClapException(folder + " holds no run that could be resumed: there is no " + provenance());
        }
        JsonNode before;
        try {
            before = JSON.readTree(provenance().toFile());
        } catch (IOException e) {
            throw new ClapException(provenance() + " cannot be read: " + e.getMessage(), e);
        }
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
                throw new ClapException("The run in " + folder + " was started with " + title(part, name) + " "
                        + text(before.path(name)) + ", but now it is " + text(now.path(name))
                        + "; resume it as it was started, or start anew with --overwrite");
            }
        }
    }

    private static String title(String part, String name) {
        return part.equals("options") ? "--" + name : "the " + part + (part.endsWith("s") ? "' " : "'s ") + name;
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
            throw new ClapException("Cannot replace the run in " + folder + ": " + e, e);
        }
    }
}
