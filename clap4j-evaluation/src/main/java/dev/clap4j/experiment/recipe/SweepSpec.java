package dev.clap4j.experiment.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.clap4j.ClapException;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.yaml.YamlFile;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.Preset;
import dev.clap4j.training.source.PromptSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A sweep's grid, read from a YAML file.
 *
 * @param title the title; null for a plain one
 * @param models checkpoint files or folders; null or empty for the default
 * @param data the data set's folder; null if it is given elsewhere
 * @param preset the published settings to start from; null for none
 * @param options training options that all heads share, by name; {@code prompts} is one, see {@link PromptSource#parse}
 * @param grid the values of every training option that varies, by name, in the order of the file
 * @param listed single points instead of a whole grid, all with values of the same options; empty if there is a grid
 * @param alphas values of alpha at inference; null for that of the preset, or otherwise that of the head
 * @param seeds the number of heads for every point of the grid, with seeds 0, 1, 2, …; null for one
 * @param measures the names of the measurements, see {@link Measurements}; null for zero-shot
 */
public record SweepSpec(
        String title,
        List<String> models,
        String data,
        Preset preset,
        Map<String, String> options,
        Map<String, List<String>> grid,
        @JsonProperty("points") List<Map<String, String>> listed,
        @JsonProperty("alpha") List<Float> alphas,
        Integer seeds,
        @JsonProperty("measure") List<String> measures) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.TryConvert))
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private static final String CLASSES = "classes";

    /** The source of prompts, which may be varied or fixed like a training option. */
    static final String PROMPTS = "prompts";

    /** The beginning of a source of prompts in a folder. */
    private static final String FOLDER = "llm:";

    /** The maximum number of heads; more are probably a mistake. */
    private static final int MOST_HEADS = 10_000;

    /**
     * Checks the specification, and puts defaults in place of nulls.
     *
     * @throws ClapException if an option does not exist, is given twice or has no value, or there are no heads or too
     *     many
     */
    public SweepSpec {
        title = Objects.requireNonNullElse(title, "Sweep");
        models = models == null ? List.of() : distinct("models", models);
        options = options == null ? Map.of() : new LinkedHashMap<>(options);
        grid = grid == null ? Map.of() : new LinkedHashMap<>(grid);
        listed = listed == null ? List.of() : List.copyOf(listed);
        alphas = alphas == null ? List.of() : distinct("alpha", alphas);
        seeds = Objects.requireNonNullElse(seeds, 1);
        measures = measures == null ? List.of("zeroshot") : distinct("measure", measures);
        if (measures.isEmpty()) {
            throw new ClapException("measure should name at least one measurement");
        }
        measures.forEach(Measurements::named);
        if (!listed.isEmpty() && !grid.isEmpty()) {
            throw new ClapException("A sweep has a grid or a list of points, not both");
        }
        options.forEach(SweepSpec::check);
        BigInteger heads = BigInteger.valueOf(Math.max(1, models.size()))
                .multiply(BigInteger.valueOf(seeds))
                .multiply(BigInteger.valueOf(Math.max(1, listed.size())));
        for (Map.Entry<String, List<String>> axis : grid.entrySet()) {
            if (axis.getValue().isEmpty()) {
                throw new ClapException("The grid names no values for " + axis.getKey());
            }
            distinct(axis.getKey(), axis.getValue()).forEach(value -> check(axis.getKey(), value));
            requireFree(axis.getKey(), options);
            heads = heads.multiply(BigInteger.valueOf(axis.getValue().size()));
        }
        if (repeats(listed)) {
            throw new ClapException("A point is listed twice");
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
        if (heads.signum() < 1 || heads.compareTo(BigInteger.valueOf(MOST_HEADS)) > 0) {
            throw new ClapException("A sweep trains 1 to " + MOST_HEADS + " heads, not " + heads);
        }
        for (float alpha : alphas) {
            if (!(alpha >= 0) || Float.isInfinite(alpha)) {
                throw new ClapException("alpha should be 0 or more, but one is " + alpha);
            }
        }
        if (alphas.size() > AlphaChoice.MOST) {
            throw new ClapException(
                    "A sweep measures at most " + AlphaChoice.MOST + " values of alpha, not " + alphas.size());
        }
    }

    private static <T> List<T> distinct(String key, List<T> values) {
        if (repeats(values)) {
            throw new ClapException(key + " names a value twice");
        }
        return List.copyOf(values);
    }

    private static boolean repeats(List<?> values) {
        return values.stream().map(SweepSpec::comparable).distinct().count() < values.size();
    }

    /** Returns a value in a form in which equal numbers are equal: 1 and 1.0. */
    private static Object comparable(Object value) {
        if (value instanceof Map<?, ?> point) {
            return point.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, each -> comparable(each.getValue())));
        }
        try {
            return new BigDecimal(value.toString()).stripTrailingZeros();
        } catch (NumberFormatException e) {
            return value;
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
        if (option.equals(PROMPTS)) {
            PromptSource.parse(value);
        } else if (NearestName.of(option, List.of(PROMPTS)).isPresent()) {
            throw new ClapException("There is no training option \"" + option + "\" (did you mean " + PROMPTS + "?)");
        } else {
            HeadHyperparameters.swept(option);
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
        return YamlFile.read(file, root -> of(root, file));
    }

    private static SweepSpec of(JsonNode root, Path file) {
        if (!(root instanceof ObjectNode)) {
            throw new ClapException("a sweep is a list of keys and values, among them grid");
        }
        root.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()
                    || (value.isArray() && value.isEmpty() && entry.getKey().equals("alpha"))) {
                throw new ClapException(entry.getKey() + " names no value; leave it out to take the usual one");
            }
        });
        root.findParents(PROMPTS).forEach(parent -> findPrompts((ObjectNode) parent, file));
        try {
            return JSON.treeToValue(root, SweepSpec.class);
        } catch (JsonMappingException e) {
            throw new ClapException(reason(e, root), e);
        } catch (JsonProcessingException e) {
            throw new ClapException(e.getMessage(), e);
        }
    }

    /** Makes folders of prompts that lie beside a file relative to the working directory. */
    private static void findPrompts(ObjectNode parent, Path file) {
        if (parent.get(PROMPTS) instanceof ArrayNode several) {
            for (int i = 0; i < several.size(); i++) {
                several.set(i, beside(file, several.get(i)));
            }
        } else {
            parent.set(PROMPTS, beside(file, parent.get(PROMPTS)));
        }
    }

    private static JsonNode beside(Path file, JsonNode prompts) {
        if (!prompts.isTextual() || !prompts.textValue().startsWith(FOLDER)) {
            return prompts;
        }
        try {
            Path folder = file.resolveSibling(
                    prompts.textValue().substring(FOLDER.length()).strip());
            return Files.isDirectory(folder) ? new TextNode(FOLDER + folder) : prompts;
        } catch (InvalidPathException e) {
            throw new ClapException(PROMPTS + " name a folder that cannot exist: " + prompts.textValue(), e);
        }
    }

    /** Says what is wrong with the value at a key. */
    private static String reason(JsonMappingException e, JsonNode root) {
        if (e.getCause() instanceof ClapException own) {
            return own.getMessage();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            String key = unknown.getPropertyName();
            return key.equals(CLASSES)
                    ? classesAreGiven().getMessage()
                    : unknown("unknown key \"" + key + "\"", key, new TreeSet<>(unknown.getKnownPropertyIds()));
        }
        JsonNode value = root;
        String key = "";
        for (JsonMappingException.Reference step : e.getPath()) {
            value = step.getFieldName() == null ? value.path(step.getIndex()) : value.path(step.getFieldName());
            key = Objects.requireNonNullElse(step.getFieldName(), key);
        }
        if (value.isNull()) {
            return key + " names no value";
        }
        Class<?> type = e instanceof MismatchedInputException wrong ? wrong.getTargetType() : Integer.class;
        if (Map.class.isAssignableFrom(type)) {
            return (key.equals("points") ? "a point" : key) + " should hold names and values";
        } else if (Collection.class.isAssignableFrom(type)) {
            return key + " should be a list, such as [1, 2]";
        } else if (value.isContainerNode()) {
            return key + " should be a single value";
        } else if (type == Preset.class) {
            return unknown("there is no preset " + value.asText(), value.asText(), List.of(Preset.values()));
        }
        return key
                + (type == Integer.class ? " should be a whole number, but is " : " should be numbers, but one is ")
                + value.asText();
    }

    private static String unknown(String what, String name, Collection<?> known) {
        List<String> names = known.stream()
                .map(each -> each.toString().toLowerCase(Locale.ROOT))
                .toList();
        return what + NearestName.hint(name, names) + "; there are " + String.join(", ", names);
    }

    /** Returns the specification, for {@code run.json}. */
    Map<String, String> describe() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("title", title);
        described.put("models", String.join(", ", models));
        described.put("data", Objects.requireNonNullElse(data, ""));
        described.put("preset", preset == null ? "" : preset.name());
        described.put("options", options.toString());
        described.put("grid", listed.isEmpty() ? grid.toString() : listed.toString());
        described.put("alpha", alphas.isEmpty() ? "the heads' own" : alphas.toString());
        described.put("seeds", String.valueOf(seeds));
        described.put("measure", String.join(", ", measures));
        return described;
    }

    /** Returns this specification with other models, another data set and number of heads per point; null keeps its own. */
    public SweepSpec with(List<String> otherModels, String otherData, Integer otherSeeds) {
        List<String> named = Objects.requireNonNullElse(otherModels, models);
        String folder = otherData == null ? data : otherData;
        int each = Objects.requireNonNullElse(otherSeeds, seeds);
        return new SweepSpec(title, named, folder, preset, options, grid, listed, alphas, each, measures);
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
            points = points.stream()
                    .flatMap(point -> axis.getValue().stream().map(value -> {
                        Map<String, String> longer = new LinkedHashMap<>(point);
                        longer.put(axis.getKey(), value);
                        return longer;
                    }))
                    .collect(Collectors.toList());
        }
        return points;
    }
}
