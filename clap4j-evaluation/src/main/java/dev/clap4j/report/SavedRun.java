package dev.clap4j.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
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
    private static final String FILE = "run.json";

    /** The search depth for runs below a folder. */
    private static final int DEPTH = 4;

    /** The size limit of a file of scores or image values. */
    private static final long MOST_BYTES = 1L << 30;

    /** The largest difference between a score and the mean of its images that rounding explains. */
    private static final double ROUNDING = 1e-6;

    /** The largest value whose sums and squares are finite as well. */
    private static final double LARGEST = 1e100;

    /** Reads a line or a document of JSON. */
    private interface Reader<T> {
        T read(String json) throws JsonProcessingException;
    }

    /**
     * Finds the runs in and below folders, each once, sorted by name.
     *
     * @throws ClapException if a folder has no runs, or a file of a run cannot be read
     */
    static List<SavedRun> find(List<Path> folders) {
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> found = find(folder);
            if (found.isEmpty()) {
                throw new ClapException(
                        Problem.NO_RUN,
                        "There is no run in " + folder + ": neither it nor a folder below has a " + FILE);
            }
            found.stream().filter(run -> !all.contains(run)).forEach(all::add);
        }
        return all.stream().map(SavedRun::read).toList();
    }

    private static List<Path> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException("There is no folder " + folder);
        }
        try (Stream<Path> files = Files.find(
                Files.isSymbolicLink(folder) ? folder.toRealPath() : folder,
                DEPTH,
                (file, about) -> file.getFileName().toString().equals(FILE))) {
            return files.sorted()
                    .map(file -> file.toAbsolutePath().normalize().getParent())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot look for runs in " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a run directory.
     *
     * @throws ClapException if a file cannot be read, is a link, or is not as clap4j writes it
     */
    public static SavedRun read(Path folder) {
        JsonNode description = JsonFiles.readObject(requireOwn(folder.resolve(FILE)));
        List<Score> scores = lines(folder.resolve(Runner.SCORES), SavedRun::score);
        List<ImageValues> images = lines(folder.resolve(Runner.IMAGES), SavedRun::imageValues);
        requireAgreement(folder, scores, images);
        return new SavedRun(
                folder,
                description,
                scores,
                images,
                document(folder.resolve(Runner.PICTURES), SavedRun::captions).orElse(Map.of()),
                document(folder.resolve("samples.json"), SavedRun::samples).orElse(List.of()));
    }

    private static Path requireOwn(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ClapException(
                    file + " is a link, or no file; a report shows what is in the folders of runs themselves");
        }
        return file;
    }

    private static <T> Optional<T> document(Path file, Reader<T> reader) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(parsed(InputFiles.readText(requireOwn(file), MOST_BYTES), reader, file.toString()));
    }

    private static <T> List<T> lines(Path file, Reader<T> reader) {
        List<T> values = new ArrayList<>();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            List<String> lines =
                    InputFiles.readText(requireOwn(file), MOST_BYTES).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                values.add(parsed(lines.get(i), reader, "Line " + (i + 1) + " of " + file));
            }
        }
        return values;
    }

    private static <T> T parsed(String text, Reader<T> reader, String where) {
        try {
            return reader.read(text);
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
            if (!field.getValue().isTextual() && !field.getValue().isNumber()) {
                throw new ClapException(field.getKey() + " should be a text or a number");
            }
            row.put(
                    field.getKey(),
                    field.getValue().isNumber()
                            ? field.getValue().numberValue()
                            : field.getValue().asText());
        });
        Score score = Score.of(row);
        if (!(Math.abs(score.value()) <= LARGEST)) {
            throw new ClapException("the value " + score.value() + " is too large");
        }
        return score;
    }

    private static ImageValues imageValues(String json) throws JsonProcessingException {
        ImageValues images = ImageValues.parse(json);
        boolean finite = DoubleStream.of(images.values()).allMatch(value -> Math.abs(value) <= LARGEST);
        if (images.from() != 0 || images.values().length == 0 || !finite) {
            throw new ClapException("it should have a finite value for each image of a domain");
        }
        return images;
    }

    private static Map<String, String> captions(String json) throws JsonProcessingException {
        Map<String, String> captions = new LinkedHashMap<>();
        JsonFiles.parse(json, JsonNode.class).properties().forEach(field -> {
            if (!field.getValue().isTextual()) {
                throw new ClapException("the caption of " + field.getKey() + " should be a text");
            }
            captions.put(field.getKey(), field.getValue().asText());
        });
        return captions;
    }

    private static List<Sample> samples(String json) throws JsonProcessingException {
        JsonNode all = JsonFiles.parse(json, JsonNode.class);
        if (!all.isArray()) {
            throw new ClapException("it should be a list");
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode sample : all) {
            samples.add(JsonFiles.parse(sample.toString(), Sample.class));
        }
        return samples;
    }

    private static void requireAgreement(Path folder, List<Score> scores, List<ImageValues> images) {
        Map<List<Object>, Double> known = new LinkedHashMap<>();
        for (Score score : scores) {
            Double other = known.put(List.of(score.measure(), score.condition()), score.value());
            if (other != null && other != score.value()) {
                throw new ClapException("The scores in " + folder + " contradict each other: "
                        + score.measure().id() + " of " + score.condition().values() + " is " + other + " and "
                        + score.value() + "; run it again");
            }
        }
        for (ImageValues values : images) {
            Double score = known.get(List.of(values.measure(), values.condition()));
            double mean = values.score().value();
            boolean share = values.measure().unit() == Measure.Unit.PERCENT;
            if (share && score != null && Math.abs(score - mean) > ROUNDING) {
                throw new ClapException("The files in " + folder + " contradict each other: the score "
                        + values.measure().id() + " of " + values.condition().values() + " is " + score
                        + ", but the mean over its images is " + mean + "; run it again");
            }
        }
    }

    /**
     * Returns whether another run measured the same and found the same, as a run and its rerun do: counted twice, it would
     * make differences look surer than they are.
     */
    boolean repeats(SavedRun other) {
        return !scores.isEmpty()
                && scores.equals(other.scores)
                && protocol().equals(other.protocol())
                && Stream.of("options", "models", "heads")
                        .allMatch(field -> description.path(field).equals(other.description.path(field)))
                && fingerprints().equals(other.fingerprints());
    }

    private List<JsonNode> fingerprints() {
        return description.path("data").properties().stream()
                .map(data -> data.getValue().path("fingerprint"))
                .toList();
    }

    /** Returns the measurement or recipe; empty for a training. */
    String protocol() {
        return description.path("protocol").asText();
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

    /** Returns the description of the data set of a condition. */
    JsonNode data(Condition condition) {
        JsonNode all = description.path("data");
        return condition.has(Condition.DATA) ? all.path(condition.get(Condition.DATA)) : first(all);
    }

    /** Returns the name of the model of a condition. */
    String model(Condition condition) {
        if (condition.has(Condition.MODEL)) {
            return condition.get(Condition.MODEL);
        }
        return description.path("models").properties().stream()
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Returns the first entry of an object; a missing node if there is none. */
    private static JsonNode first(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getValue).findFirst().orElse(MissingNode.getInstance());
    }

    /** Returns a value of {@code run.json} as text. */
    static String text(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() || value.isMissingNode() ? value.asText() : value.toString();
    }

    /**
     * Returns a file in the directory; paths and links that lead outside are not followed.
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
}
