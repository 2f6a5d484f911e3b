package dev.clap4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.recipe.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run directory. It may come from anyone: what its files say is text, and no file outside of it is read.
 *
 * @param folder the directory
 * @param description the content of {@code run.json}
 * @param scores the scores; empty if nothing was measured, or the run is not finished
 * @param images values of single images
 * @param pictures captions of pictures in the directory, by file
 * @param samples images with predictions
 */
public record SavedRun(
        Path folder,
        JsonNode description,
        List<Score> scores,
        List<ImageValues> images,
        Map<String, String> pictures,
        List<Sample> samples) {
    /**
     * Reads a run directory.
     *
     * @throws dev.clap4j.ClapException if a file cannot be read, is a link, or is not as clap4j writes it
     */
    public static SavedRun read(Path folder) {
        return new RunReader(folder).read();
    }

    /**
     * Returns whether another run measured the same and found the same, as a run and its rerun do: counted twice, it would
     * make differences look surer than they are.
     */
    boolean repeats(SavedRun other) {
        return !scores.isEmpty()
                && scores.equals(other.scores)
                && Stream.of("protocol", "options", "models", "heads")
                        .allMatch(field -> description.path(field).equals(other.description.path(field)))
                && data("fingerprint").equals(other.data("fingerprint"));
    }

    /** Returns the measurement or recipe; empty for a training. */
    String protocol() {
        return description.path("protocol").asText();
    }

    boolean isSweep() {
        return protocol().equals("sweep");
    }

    /** Returns whether this is a training run. */
    boolean isTraining() {
        return description.has("objective");
    }

    /** Returns the value of an option; empty if there is none. */
    String option(String name) {
        return text(description.path("options").path(name));
    }

    /** Returns the command line; empty if the run is a part of another one. */
    String command() {
        return description.path("command").asText();
    }

    /** Returns a part of the description of each data set. */
    List<String> data(String part) {
        return description.path("data").properties().stream()
                .map(data -> data.getValue().path(part).asText())
                .toList();
    }

    /** Returns the description of the data set of a condition, or of the first one. */
    JsonNode data(Condition condition) {
        String name = condition.has(Condition.DATA) ? condition.get(Condition.DATA) : first("data");
        return description.path("data").path(name);
    }

    /** Returns the description of the model of a condition. */
    JsonNode modelDescription(Condition condition) {
        return description.path("models").path(model(condition));
    }

    /** Returns the name of the model of a condition. */
    String model(Condition condition) {
        return condition.has(Condition.MODEL) ? condition.get(Condition.MODEL) : first("models");
    }

    private String first(String part) {
        return description.path(part).properties().stream()
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Returns a value of {@code run.json} as text. */
    static String text(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() || value.isMissingNode() ? value.asText() : value.toString();
    }

    /** Returns a file by its path in the directory; empty if there is none, a link leads to it, or it lies outside. */
    Optional<Path> file(String name) {
        try {
            Path root = folder.toRealPath();
            Path file = root.resolve(name).normalize();
            boolean own = file.startsWith(root) && file.equals(file.toRealPath()) && Files.isRegularFile(file);
            return own ? Optional.of(folder.resolve(root.relativize(file))) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
