package dev.clap4j.experiment.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clap4j.ClapException;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.Preset;
import dev.clap4j.training.source.PromptSource;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sweep's grid, read from a YAML file.
 *
 * @param title the title
 * @param models checkpoint files or folders; empty for the default
 * @param data the data set's folder; empty if it is given elsewhere
 * @param preset the published settings to start from, if any
 * @param options training options that all heads share, by name; {@code prompts} is one, see {@link PromptSource#parse}
 * @param grid the values of every training option that varies, by name, in the order of the file
 * @param listed single points instead of a whole grid, all with values of the same options; empty if there is a grid
 * @param alphas values of alpha at inference; empty for that of the preset, or otherwise that of the head
 * @param seeds the number of heads for every point of the grid, with seeds 0, 1, 2, …
 * @param measures the names of the measurements, see {@link Measurements}
 */
public record SweepSpec(
        String title,
        List<String> models,
        Optional<String> data,
        Optional<Preset> preset,
        Map<String, String> options,
        Map<String, List<String>> grid,
        List<Map<String, String>> listed,
        List<Float> alphas,
        int seeds,
        List<String> measures) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> KEYS =
            Set.of("title", "models", "data", "preset", "options", "grid", "points", "alpha", "seeds", "measure");

    private static final String CLASSES = "classes";

    /** The source of prompts, which may be varied or fixed like a training option. */
    static final String PROMPTS = "prompts";

    /** The beginning of a source of prompts in a folder. */
    private static final String FOLDER = "llm:";

    /** The maximum number of heads; more are probably a mistake. */
    private static final int MOST_HEADS = 10_000;

    /** The maximum size of a specification file. */
    private static final long MOST_BYTES = 1 << 20;

    /**
     * Checks the specification.
     *
     * @throws ClapException if an option does not exist, is given twice or has no value, or there are no heads or too
     *     many
     */
    public SweepSpec {
        models = List.copyOf(models);
        options = new LinkedHashMap<>(options);
        grid = new LinkedHashMap<>(grid);
        listed = List.copyOf(listed);
        alphas = List.copyOf(alphas);
        measures = List.copyOf(measures);
        measures.forEach(Measurements::named);
        options.forEach(SweepSpec::check);
        if (!listed.isEmpty() && !grid.isEmpty()) {
            throw new ClapException("A sweep has a grid or a list of points, not both");
        }
        BigInteger heads = BigInteger.valueOf(Math.max(1, models.size()))
                .multiply(BigInteger.valueOf(seeds))
                .multiply(BigInteger.valueOf(Math.max(1, listed.size())));
        for (Map.Entry<String, List<String>> axis : grid.entrySet()) {
            if (axis.getValue().isEmpty()) {
                throw new ClapException("The grid names no values for " + axis.getKey());
            }
            axis.getValue().forEach(value -> check(axis.getKey(), value));
            requireFree(axis.getKey(), options);
            heads = heads.multiply(BigInteger.valueOf(axis.getValue().size()));
        }
        for (Map<String, String> point : listed) {
            point.forEach(SweepSpec::check);
            if (!point.keySet().equals(listed.get(0).keySet())) {
                throw new ClapException("The points have values of different options: "
                        + listed.get(0).keySet() + " and " + point.keySet());
            }
            for (String option : point.keySet()) {
                requireFree(option, options);
            }
        }
        if (Set.copyOf(listed).size() < listed.size()) {
            throw new ClapException("A point is listed twice");
        }
        if (heads.signum() < 1 || heads.compareTo(BigInteger.valueOf(MOST_HEADS)) > 0) {
            throw new ClapException("A sweep trains 1 to " + MOST_HEADS + " heads, not " + heads);
        }
        if (alphas.size() > AlphaChoice.MOST) {
            throw new ClapException(
                    "A sweep measures at most " + AlphaChoice.MOST + " values of alpha, not " + alphas.size());
        }
    }

    private static void requireFree(String varied, Map<String, String> options) {
        if (options.containsKey(varied)) {
            throw new ClapException(varied + " is both fixed under options and varied");
        }
    }

    /** Checks that an option exists; the valid values depend on the other options. */
    private static void check(String option, String value) {
        if (option.equals(CLASSES)) {
            throw classesAreGiven();
        }
        if (!option.equals(PROMPTS)) {
            HeadHyperparameters.swept(option);
        } else {
            PromptSource.parse(value);
        }
    }

    private static ClapException classesAreGiven() {
        return new ClapException("a sweep trains on the classes of its data set, so leave out \"" + CLASSES + "\"");
    }

    /**
     * Reads a specification. A folder of prompts with a relative path is looked up beside the file first.
     *
     * @throws ClapException if the file does not exist, is not valid YAML, or lacks required entries
     */
    public static SweepSpec read(Path file) {
        JsonNode root;
        try (JsonParser parser = YAML.createParser(InputFiles.readText(file, MOST_BYTES))) {
            JsonNode document = YAML.readTree(parser);
            root = document == null ? MissingNode.getInstance() : document;
            if (parser.nextToken() != null) {
                throw new ClapException(file + " should be one YAML document, but another one follows");
            }
        } catch (IOException e) {
            throw new ClapException(file + " cannot be read as YAML: " + firstLine(e), e);
        }
        try {
            return of(root).withPromptsBeside(file);
        } catch (ClapException e) {
            throw new ClapException(file + ": " + e.getMessage(), e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " ("
                + e.getClass().getSimpleName() + ")";
    }

    private static SweepSpec of(JsonNode root) {
        if (!root.isObject()) {
            throw new ClapException("a sweep is a list of keys and values, among them grid");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (key.equals(CLASSES)) {
                throw classesAreGiven();
            }
            if (!KEYS.contains(key)) {
                throw new ClapException("unknown key \"" + key + "\"" + NearestName.hint(key, KEYS) + "; there are "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
        });
        Map<String, List<String>> grid = new LinkedHashMap<>();
        object(root, "grid").forEach((name, values) -> grid.put(name, list(name, values)));
        Map<String, String> options = new LinkedHashMap<>();
        object(root, "options").forEach((name, value) -> options.put(name, scalar(name, value)));
        List<Map<String, String>> listed = new ArrayList<>();
        root.path("points").forEach(point -> {
            Map<String, String> values = new LinkedHashMap<>();
            object(point, "").forEach((name, value) -> values.put(name, scalar(name, value)));
            listed.add(values);
        });
        return new SweepSpec(
                root.has("title") ? scalar("title", root.get("title")) : "Sweep",
                root.has("models") ? list("models", root.get("models")) : List.of(),
                root.has("data") ? Optional.of(scalar("data", root.get("data"))) : Optional.empty(),
                root.has("preset") ? Optional.of(preset(scalar("preset", root.get("preset")))) : Optional.empty(),
                options,
                grid,
                listed,
                root.has("alpha") ? alphas(list("alpha", root.get("alpha"))) : List.of(),
                root.has("seeds") ? whole("seeds", root.get("seeds")) : 1,
                root.has("measure") ? measures(list("measure", root.get("measure"))) : List.of("zeroshot"));
    }

    private static List<String> measures(List<String> named) {
        if (named.isEmpty()) {
            throw new ClapException("measure should name at least one measurement");
        }
        return named;
    }

    /** Returns the fields of an object: that of a key, or the node itself if the key is empty. */
    private static Map<String, JsonNode> object(JsonNode root, String key) {
        JsonNode node = key.isEmpty() ? root : root.path(key);
        if (!node.isMissingNode() && !node.isObject()) {
            throw new ClapException((key.isEmpty() ? "a point" : key) + " should hold names and values");
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static List<String> list(String key, JsonNode node) {
        if (!node.isArray()) {
            throw new ClapException(key + " should be a list, such as [1, 2]");
        }
        List<String> values = new ArrayList<>();
        node.forEach(value -> values.add(scalar(key, value)));
        if (Set.copyOf(values).size() < values.size()) {
            throw new ClapException(key + " names a value twice");
        }
        return values;
    }

    private static String scalar(String key, JsonNode node) {
        if (!node.isValueNode() || node.isNull()) {
            throw new ClapException(key + " should be a single value");
        }
        return node.asText();
    }

    private static int whole(String key, JsonNode node) {
        if (!node.canConvertToInt() || !node.isIntegralNumber()) {
            throw new ClapException(key + " should be a whole number, but is " + node.asText());
        }
        return node.asInt();
    }

    private static Preset preset(String name) {
        return Arrays.stream(Preset.values())
                .filter(preset -> preset.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = Arrays.stream(Preset.values())
                            .map(preset -> preset.name().toLowerCase(Locale.ROOT))
                            .toList();
                    return new ClapException("there is no preset " + name + NearestName.hint(name, known)
                            + "; there are " + String.join(", ", known));
                });
    }

    private static List<Float> alphas(List<String> values) {
        List<Float> alphas = new ArrayList<>();
        if (values.isEmpty()) {
            throw new ClapException("alpha names no value; leave it out to take the one that heads suggest");
        }
        for (String value : values) {
            try {
                alphas.add(Float.valueOf(value));
            } catch (NumberFormatException e) {
                throw new ClapException("alpha should be numbers, but one is " + value, e);
            }
            if (!(alphas.get(alphas.size() - 1) >= 0) || Float.isInfinite(alphas.get(alphas.size() - 1))) {
                throw new ClapException("alpha should be 0 or more, but one is " + value);
            }
        }
        return alphas;
    }

    /** Returns the specification, for {@code run.json}. */
    Map<String, String> describe() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("title", title);
        described.put("models", String.join(", ", models));
        described.put("data", data.orElse(""));
        described.put("preset", preset.map(Enum::name).orElse(""));
        described.put("options", options.toString());
        described.put("grid", listed.isEmpty() ? grid.toString() : listed.toString());
        described.put("alpha", alphas.isEmpty() ? "the heads' own" : alphas.toString());
        described.put("seeds", String.valueOf(seeds));
        described.put("measure", String.join(", ", measures));
        return described;
    }

    private SweepSpec withPromptsBeside(Path file) {
        Map<String, String> fixed = new LinkedHashMap<>(options);
        fixed.replaceAll((name, value) -> beside(file, name, value));
        Map<String, List<String>> varied = new LinkedHashMap<>(grid);
        varied.replaceAll((name, values) ->
                values.stream().map(value -> beside(file, name, value)).toList());
        List<Map<String, String>> points = new ArrayList<>();
        for (Map<String, String> point : listed) {
            Map<String, String> values = new LinkedHashMap<>(point);
            values.replaceAll((name, value) -> beside(file, name, value));
            points.add(values);
        }
        return new SweepSpec(title, models, data, preset, fixed, varied, points, alphas, seeds, measures);
    }

    /** Returns the value of an option, with the folder of prompts that lies beside a file if there is one. */
    private static String beside(Path file, String option, String value) {
        if (!option.equals(PROMPTS) || !value.startsWith(FOLDER)) {
            return value;
        }
        try {
            Path folder = file.resolveSibling(value.substring(FOLDER.length()).strip());
            return Files.isDirectory(folder) ? FOLDER + folder : value;
        } catch (InvalidPathException e) {
            throw new ClapException(PROMPTS + " name a folder that cannot exist: " + value, e);
        }
    }

    /** Returns this specification with other models. */
    public SweepSpec withModels(List<String> other) {
        return new SweepSpec(title, other, data, preset, options, grid, listed, alphas, seeds, measures);
    }

    /** Returns this specification with another data set. */
    public SweepSpec withData(String other) {
        return new SweepSpec(title, models, Optional.of(other), preset, options, grid, listed, alphas, seeds, measures);
    }

    /** Returns this specification with another number of heads per point. */
    public SweepSpec withSeeds(int other) {
        return new SweepSpec(title, models, data, preset, options, grid, listed, alphas, other, measures);
    }

    /** Returns the measurements, with their default settings. */
    public List<Measurement> measurements() {
        return measures.stream()
                .map(name -> Measurements.named(name).of(Map.of()))
                .toList();
    }

    /** Returns all points: a value for each option that varies. */
    public List<Map<String, String>> points() {
        if (!listed.isEmpty()) {
            return listed;
        }
        List<Map<String, String>> points = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : grid.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            points = longer;
        }
        return points;
    }
}
