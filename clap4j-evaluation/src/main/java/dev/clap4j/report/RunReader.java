package dev.clap4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.recipe.Samples.Sample;
import dev.clap4j.internal.io.FilesBelow;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Finds and reads run directories. */
record RunReader(Path folder) {
    private static final String FILE = "run.json";

    /** The search depth for runs below a folder. */
    private static final int DEPTH = 4;

    /** The size limit of a file of scores or image values. */
    private static final long MOST_BYTES = 1L << 30;

    /** The largest difference between a score and the mean of its images that rounding explains. */
    private static final double ROUNDING = 1e-6;

    /** The largest value whose sums and squares are finite as well. */
    private static final double LARGEST = 1e100;

    /** The types of what a report reads in {@code run.json} of a measurement; a star stands for any name. */
    private static final Map<JsonNodeType, List<String>> TYPES = Map.of(
            JsonNodeType.STRING,
            List.of("command", "protocol", "models/*/fingerprint", "models/*/architecture", "data/*/fingerprint"),
            JsonNodeType.NUMBER,
            List.of("data/*/images"),
            JsonNodeType.ARRAY,
            List.of("data/*/classes"),
            JsonNodeType.OBJECT,
            List.of("options", "models", "models/*", "heads", "heads/*/settings", "data", "data/*", "data/*/domains"));

    private interface Parser<T> {
        T parse(String json) throws JsonProcessingException;
    }

    /** Finds the runs in and below folders, each once, sorted by name; a folder without any is an error. */
    static List<SavedRun> find(List<Path> folders) {
        List<Path> runs = folders.stream()
                .flatMap(folder -> find(folder).stream())
                .distinct()
                .toList();
        return runs.stream().map(SavedRun::read).toList();
    }

    private static List<Path> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder);
        }
        try {
            Path real = Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
            List<Path> found = FilesBelow.of(real, DEPTH).stream()
                    .filter(file -> file.getFileName().toString().equals(FILE))
                    .map(file -> file.toAbsolutePath().normalize().getParent())
                    .toList();
            if (found.isEmpty()) {
                throw new ClapException(
                        Problem.NO_RUN,
                        "There is no run in " + folder + ": neither it nor a folder below has a " + FILE);
            }
            return found;
        } catch (IOException e) {
            throw new ClapException("Cannot look for runs in " + folder + ": " + IoReasons.of(e), e);
        }
    }

    SavedRun read() {
        Path record = requireOwn(folder.resolve(FILE));
        JsonNode description = JsonFiles.readObject(record);
        List<Score> scores = lines(Runner.SCORES, RunReader::score);
        if (!scores.isEmpty()) {
            requireTypes(description, record);
        }
        List<ImageValues> images = lines(Runner.IMAGES, RunReader::imageValues);
        requireAgreement(scores, images);
        return new SavedRun(
                folder,
                description,
                scores,
                images,
                document(Runner.PICTURES, Map.of(), RunReader::captions),
                document("samples.json", List.of(), RunReader::samples));
    }

    private static Path requireOwn(Path file) {
        require(
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
                file + " is a link, or no file; a report shows what is in the folders of runs themselves");
        return file;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ClapException(otherwise);
        }
    }

    private static void requireTypes(JsonNode description, Path file) {
        TYPES.forEach((type, paths) -> paths.forEach(path -> {
            Stream<JsonNode> nodes = Stream.of(description);
            for (String name : path.split("/", -1)) {
                nodes = nodes.flatMap(
                        node -> name.equals("*") ? node.valueStream() : Stream.ofNullable(node.get(name)));
            }
            nodes.filter(node -> node.getNodeType() != type).findFirst().ifPresent(node -> {
                String expected = type.name().toLowerCase(Locale.ROOT);
                throw notOurs(file.toString(), path + " should be of type " + expected + ", unlike " + node, null);
            });
        }));
    }

    private Optional<String> text(String name) {
        Path file = folder.resolve(name);
        return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.empty()
                : Optional.of(InputFiles.readText(requireOwn(file), MOST_BYTES));
    }

    private <T> T document(String name, T absent, Parser<T> parser) {
        return text(name)
                .map(text -> parsed(text, parser, folder.resolve(name).toString()))
                .orElse(absent);
    }

    private <T> List<T> lines(String name, Parser<T> parser) {
        List<T> values = new ArrayList<>();
        text(name).stream().flatMap(String::lines).forEach(line -> {
            String where = "Line " + (values.size() + 1) + " of " + folder.resolve(name);
            values.add(parsed(line, parser, where));
        });
        return values;
    }

    private static <T> T parsed(String text, Parser<T> parser, String where) {
        try {
            return parser.parse(text);
        } catch (JsonProcessingException e) {
            throw notOurs(where, JsonReasons.of(e), e);
        } catch (ClapException | IllegalArgumentException e) {
            throw notOurs(where, e.getMessage(), e);
        }
    }

    private static ClapException notOurs(String where, String why, Exception cause) {
        return new ClapException(where + " is not as clap4j writes it: " + why + "; run what wrote it again", cause);
    }

    private static Score score(String json) throws JsonProcessingException {
        Map<String, Object> row = new LinkedHashMap<>();
        JsonFiles.parse(json, JsonNode.class).properties().forEach(field -> {
            JsonNode value = field.getValue();
            require(value.isTextual() || value.isNumber(), field.getKey() + " should be a text or a number");
            row.put(field.getKey(), value.isNumber() ? value.numberValue() : value.asText());
        });
        Score score = Score.of(row);
        require(Math.abs(score.value()) <= LARGEST, "the value " + score.value() + " is too large");
        return score;
    }

    private static ImageValues imageValues(String json) throws JsonProcessingException {
        ImageValues images = ImageValues.parse(json);
        boolean finite = DoubleStream.of(images.values()).allMatch(value -> Math.abs(value) <= LARGEST);
        require(
                images.from() == 0 && images.values().length > 0 && finite,
                "it should have a finite value for each image of a domain");
        return images;
    }

    private static Map<String, String> captions(String json) throws JsonProcessingException {
        Map<String, String> captions = new LinkedHashMap<>();
        JsonNode all = JsonFiles.parse(json, JsonNode.class);
        require(all.isObject(), "it should be an object");
        all.properties().forEach(field -> {
            require(field.getValue().isTextual(), "the caption of " + field.getKey() + " should be a text");
            captions.put(field.getKey(), field.getValue().asText());
        });
        return captions;
    }

    private static List<Sample> samples(String json) throws JsonProcessingException {
        JsonNode all = JsonFiles.parse(json, JsonNode.class);
        require(all.isArray(), "it should be a list");
        List<Sample> samples = new ArrayList<>();
        for (JsonNode sample : all) {
            samples.add(JsonFiles.parse(sample.toString(), Sample.class));
        }
        return samples;
    }

    private void requireAgreement(List<Score> scores, List<ImageValues> images) {
        Map<List<Object>, Double> known = new LinkedHashMap<>();
        for (Score score : scores) {
            Double other = known.put(List.of(score.measure(), score.condition()), score.value());
            if (other != null && other != score.value()) {
                throw new ClapException("The scores in " + folder + " contradict each other: " + name(score) + " is "
                        + other + " and " + score.value() + "; run it again");
            }
        }
        for (ImageValues values : images) {
            Score mean = values.score();
            Double score = known.get(List.of(mean.measure(), mean.condition()));
            boolean share = mean.measure().unit().equals(Measure.Unit.PERCENT);
            if (share && score != null && Math.abs(score - mean.value()) > ROUNDING) {
                throw new ClapException("The files in " + folder + " contradict each other: the score " + name(mean)
                        + " is " + score + ", but the mean over its images is " + mean.value() + "; run it again");
            }
        }
    }

    private static String name(Score score) {
        return score.measure().id() + " of " + score.condition().values();
    }
}
