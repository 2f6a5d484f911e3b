package dev.clap4j.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A run's folder: which files it has, and whether a run may start in it. */
final class RunFolder {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder ready for a run.
     *
     * @param run what the run is made from
     * @throws ClapException if the folder holds another run, or none where one is to be resumed
     */
    static RunFolder open(Path folder, RunStart start, ObjectNode run) {
        RunFolder opened = new RunFolder(folder);
        boolean exists = Files.exists(opened.provenance());
        if (start == RunStart.NEW && exists) {
            throw new ClapException(
                    folder + " already holds a run; continue it with --resume, or replace it with --overwrite");
        }
        if (start == RunStart.RESUME) {
            opened.requireSame(exists, run);
            return opened;
        }
        opened.clear();
        AtomicFiles.writeString(opened.provenance(), pretty(run));
        return opened;
    }

    private static String pretty(ObjectNode node) {
        return node.toPrettyString() + "\n";
    }

    Path provenance() {
        return folder.resolve("run.json");
    }

    Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    Path head() {
        return folder.resolve("head.safetensors");
    }

    Path state() {
        return folder.resolve("checkpoint.safetensors");
    }

    Path features() {
        return folder.resolve("features");
    }

    private void requireSame(boolean exists, ObjectNode now) {
        if (!exists) {
            throw new ClapException(folder + " holds no run that could be resumed: there is no " + provenance());
        }
        JsonNode before;
        try {
            before = JSON.readTree(provenance().toFile());
        } catch (IOException e) {
            throw new ClapException(provenance() + " cannot be read: " + e.getMessage(), e);
        }
        for (String part : List.of("options", "model", "prompts")) {
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
        return part.equals("options") ? "--" + name : "the " + part + "'s " + name;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "nothing" : value.isTextual() ? value.asText() : value.toString();
    }

    private void clear() {
        try {
            Files.deleteIfExists(provenance());
            for (Path file : List.of(metrics(), head(), state())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot replace the run in " + folder + ": " + e, e);
        }
        forgetFeatures();
    }

    /** Deletes the features of an interval's noisy texts, which no later interval needs. */
    void forgetNoisy(int interval) {
        deleteFeatures("noisy-" + interval + "-*.safetensors");
    }

    /** Deletes all features: the run is done, or starts anew. */
    void forgetFeatures() {
        deleteFeatures("{plain,noisy}-*.safetensors");
    }

    private void deleteFeatures(String pattern) {
        if (!Files.isDirectory(features())) {
            return;
        }
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(features(), pattern)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            try (DirectoryStream<Path> rest = Files.newDirectoryStream(features())) {
                if (!rest.iterator().hasNext()) {
                    Files.delete(features());
                }
            }
        } catch (IOException e) {
            throw new ClapException("Cannot clear " + features() + ": " + e, e);
        }
    }
}
