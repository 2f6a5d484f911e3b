package dev.clap4j.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The files of a run directory, as the runner writes them. */
final class RunFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode description = JSON.createObjectNode();
    private final List<Score> scores = new ArrayList<>();
    private final List<ImageValues> images = new ArrayList<>();

    private RunFiles() {}

    /** Begins a run on a model and a data set of 40 images. */
    static RunFiles of(String protocol) {
        RunFiles files = new RunFiles();
        files.description.put("format", "clap4j.run").put("command", "clap " + protocol);
        files.description.put("protocol", protocol);
        files.description.putObject("options");
        files.description.putObject("heads");
        return files.model("mini", "model 1").data("images");
    }

    RunFiles model(String name, String fingerprint) {
        description
                .putObject("models")
                .putObject(name)
                .put("fingerprint", fingerprint)
                .put("engine", "ort");
        return this;
    }

    RunFiles data(String... names) {
        ObjectNode data = description.putObject("data");
        for (String name : names) {
            ObjectNode node = data.putObject(name);
            node.put("folder", "/pictures/" + name)
                    .put("images", 40 + data.size() - 1)
                    .put("fingerprint", "print of " + name);
            node.putArray("classes").add("dog").add("cat");
        }
        return this;
    }

    RunFiles fingerprint(String fingerprint) {
        description.withObject("/data/images").put("fingerprint", fingerprint);
        return this;
    }

    RunFiles option(String name, String value) {
        description.withObject("/options").put(name, value);
        return this;
    }

    RunFiles head(String method, Map<String, String> settings) {
        ObjectNode described =
                description.withObject("/heads").putObject(method).putObject("settings");
        settings.forEach(described::put);
        return this;
    }

    ObjectNode description() {
        return description;
    }

    /** Adds a score; the condition has pairs such as {@code method=CLAP}. */
    RunFiles score(String measure, double value, String... condition) {
        scores.add(new Score(Measurements.measure(measure), condition(condition), value));
        return this;
    }

    /** Adds values of single images and their mean. */
    RunFiles images(String measure, double[] values, String... condition) {
        ImageValues all = ImageValues.of(Measurements.measure(measure), condition(condition), values);
        images.add(all);
        scores.add(all.score());
        return this;
    }

    /** Adds values of a sample of the domain's images and their mean. */
    RunFiles sampled(String sample, String measure, double[] values, String... condition) {
        images(measure, values, condition);
        images.add(images.remove(images.size() - 1).ofSample(sample));
        return this;
    }

    RunFiles results(Results results) {
        scores.addAll(results.scores());
        images.addAll(results.images());
        return this;
    }

    static Condition condition(String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : pairs) {
            values.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        return new Condition(values);
    }

    Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("run.json"), description.toString());
        Files.writeString(folder.resolve("scores.jsonl"), lines(scores));
        Files.writeString(
                folder.resolve("images.jsonl"),
                lines(images.stream().map(RunFiles::line).toList()));
        return folder;
    }

    private static Map<String, Object> line(ImageValues values) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("measure", values.measure().id());
        line.put("condition", values.condition().values());
        line.put("from", 0);
        line.put(
                "values",
                DoubleStream.of(values.values()).mapToObj(Double::toString).collect(Collectors.joining(",")));
        if (!values.sample().isEmpty()) {
            line.put("sample", values.sample());
        }
        return line;
    }

    private static String lines(List<?> rows) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Object row : rows) {
            lines.append(JSON.writeValueAsString(row)).append('\n');
        }
        return lines.toString();
    }
}
