package dev.clap4j.experiment.measurement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Subject;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonReasons;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * {@code support.json}: the labelled images by seed, domain and class, in drawing order. The file may be written by hand
 * or copied from another run, so that all methods see the same images.
 */
public final class SupportFile {
    /** The name of the file in a run of a single data set and seed. */
    static final String NAME = "support.json";

    private static final String FORMAT = "clap4j.few-shot-support";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Dataset dataset;

    SupportFile(Path file, Dataset dataset) {
        this.file = file;
        this.dataset = dataset;
    }

    /**
     * Returns the file in a run directory, {@code support.json}; a run of several parts of the data or seeds has one for
     * each, such as {@code support-0.json}.
     */
    static SupportFile in(Path folder, Subject subject) {
        String parts = subject.condition().only(List.of(Condition.DATA, Condition.SEED)).values().values().stream()
                .map(part -> "-" + part)
                .collect(Collectors.joining());
        return new SupportFile(folder.resolve(NAME.replace(".", parts + ".")), subject.dataset());
    }

    /**
     * Returns all such files of a run directory.
     *
     * @throws ClapException if it cannot be read
     */
    public static List<Path> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("support(-.*)?\\.json"))
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Reads the draws of some seeds from the file, or draws them and writes the file.
     *
     * @param most the largest number of shots
     * @throws ClapException if the file is for other images, or lacks a seed or shots
     */
    List<SupportSet> open(int most, List<Long> seeds) {
        if (Files.exists(file)) {
            return read(most, seeds);
        }
        List<SupportSet> draws = SupportSet.draw(dataset, most, seeds);
        AtomicFiles.writeString(file, describe(draws, most).toPrettyString() + "\n");
        return draws;
    }

    private ObjectNode describe(List<SupportSet> draws, int shots) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("shots", shots);
        ArrayNode list = root.putArray("draws");
        for (SupportSet draw : draws) {
            ObjectNode node = list.addObject().put("seed", draw.seed());
            ObjectNode domains = node.putObject("domains");
            for (int d = 0; d < dataset.domains().size(); d++) {
                Domain domain = dataset.domains().get(d);
                ObjectNode classes = domains.putObject(domain.name());
                for (int c = 0; c < dataset.classes().size(); c++) {
                    ArrayNode files = classes.putArray(dataset.classes().get(c));
                    for (int place : draw.places().get(d).get(c)) {
                        files.add(name(domain.images().get(place)));
                    }
                }
            }
        }
        return root;
    }

    /** Returns the path relative to the data set's folder, with the same separators on every system. */
    private String name(LabelledImage image) {
        return Names.composed(
                ImageFiles.id(dataset.root().toAbsolutePath(), image.path().toAbsolutePath()));
    }

    /**
     * Reads the draws of some seeds.
     *
     * @throws ClapException if the file is for other images, or lacks a seed or shots
     */
    List<SupportSet> read(int most, List<Long> seeds) {
        JsonNode root;
        try {
            root = JsonText.parse(InputFiles.readText(file));
        } catch (JsonProcessingException e) {
            throw bad("is no JSON, " + JsonReasons.of(e));
        }
        if (!root.path("format").asText().equals(FORMAT)) {
            throw bad("has the format \"" + root.path("format").asText() + "\" where \"" + FORMAT + "\" is expected");
        }
        JsonNode shots = root.path("shots");
        if (!shots.isInt()) {
            throw bad("gives no whole number of shots");
        }
        if (shots.asInt() < most) {
            throw bad("holds " + shots + " shots, fewer than the " + most + " that are wanted");
        }
        return seeds.stream().map(seed -> draw(root, seed, shots.asInt())).toList();
    }

    private SupportSet draw(JsonNode root, long seed, int shots) {
        List<JsonNode> draws = StreamSupport.stream(root.path("draws").spliterator(), false)
                .filter(draw -> draw.path("seed").isIntegralNumber()
                        && draw.path("seed").asLong() == seed)
                .toList();
        if (draws.size() != 1) {
            throw bad("holds " + (draws.isEmpty() ? "no draw" : "several draws") + " of the seed " + seed);
        }
        JsonNode domains = draws.get(0).path("domains");
        return new SupportSet(
                seed,
                dataset.domains().stream()
                        .map(domain -> places(domain, domains.path(domain.name()), shots))
                        .toList());
    }

    private List<int[]> places(Domain domain, JsonNode classes, int shots) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < domain.images().size(); i++) {
            known.put(name(domain.images().get(i)), i);
        }
        return dataset.classes().stream()
                .map(name -> places(domain, name, classes.path(name), known, shots))
                .toList();
    }

    private int[] places(Domain domain, String className, JsonNode images, Map<String, Integer> known, int shots) {
        if (!images.isArray() || images.isEmpty()) {
            throw bad("names no image of the class " + className + " in the domain " + domain.name());
        }
        int[] places = StreamSupport.stream(images.spliterator(), false)
                .mapToInt(image -> place(domain, className, image.asText(), known))
                .distinct()
                .toArray();
        if (places.length < images.size()) {
            throw bad("names an image of the class " + className + " in the domain " + domain.name() + " twice");
        }
        int label = dataset.classes().indexOf(className);
        long expected = Math.min(
                shots,
                domain.images().stream().filter(image -> image.label() == label).count());
        if (places.length != expected) {
            throw bad("names " + places.length + " images of the class " + className + " in the domain " + domain.name()
                    + ", but " + expected + " belong to " + shots + " shots");
        }
        return places;
    }

    private int place(Domain domain, String className, String image, Map<String, Integer> known) {
        Integer place = known.get(Names.composed(image));
        if (place == null
                || !dataset.classes().get(domain.images().get(place).label()).equals(className)) {
            throw bad("names \"" + image + "\", which is no image of the class " + className + " in the domain "
                    + domain.name() + " of " + dataset.root());
        }
        return place;
    }

    private ClapException bad(String what) {
        return new ClapException(
                file + " " + what + "; delete it to have images drawn anew, or bring the one that belongs here");
    }
}
