package dev.clap4j.experiment.measurement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Reads the draws of some seeds from the file, or draws them and writes the file. */
    List<SupportSet> open(int most, List<Long> seeds) {
        if (Files.exists(file)) {
            return read(most, seeds);
        }
        List<SupportSet> drawn = SupportSet.draw(dataset, most, seeds);
        Content content =
                new Content(FORMAT, most, drawn.stream().map(this::described).toList());
        AtomicFiles.writeString(file, JSON.valueToTree(content).toPrettyString() + "\n");
        return drawn;
    }

    private record Content(String format, int shots, List<Draw> draws) {}

    /** The files of the labelled images by domain and class. */
    private record Draw(long seed, Map<String, Map<String, List<String>>> domains) {}

    private Draw described(SupportSet drawn) {
        Map<String, Map<String, List<String>>> domains = new LinkedHashMap<>();
        for (int d = 0; d < dataset.domains().size(); d++) {
            Domain domain = dataset.domains().get(d);
            Map<String, List<String>> classes = new LinkedHashMap<>();
            for (int c = 0; c < dataset.classes().size(); c++) {
                List<String> names = IntStream.of(drawn.places().get(d).get(c))
                        .mapToObj(place -> name(domain, place))
                        .toList();
                classes.put(dataset.classes().get(c), names);
            }
            domains.put(domain.name(), classes);
        }
        return new Draw(drawn.seed(), domains);
    }

    /** Returns the path relative to the data set's folder, with the same separators on every system. */
    private String name(Domain domain, int place) {
        Path image = domain.images().get(place).path();
        return Names.composed(ImageFiles.id(dataset.root().toAbsolutePath(), image.toAbsolutePath()));
    }

    /** Reads the draws of some seeds; a file for other images, or without a seed or enough shots, is an error. */
    List<SupportSet> read(int most, List<Long> seeds) {
        JsonNode root;
        try {
            root = JsonText.parse(InputFiles.readText(file));
        } catch (JsonProcessingException e) {
            throw bad("is no JSON, " + JsonReasons.of(e));
        }
        String format = root.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw bad("has the format \"" + format + "\" where \"" + FORMAT + "\" is expected");
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
        List<JsonNode> draws = root.path("draws")
                .valueStream()
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
            known.put(name(domain, i), i);
        }
        return IntStream.range(0, dataset.classes().size())
                .mapToObj(label -> places(domain, label, classes, known, shots))
                .toList();
    }

    private int[] places(Domain domain, int label, JsonNode classes, Map<String, Integer> known, int shots) {
        JsonNode images = classes.path(dataset.classes().get(label));
        String of = " of the class " + dataset.classes().get(label) + " in the domain " + domain.name();
        if (!images.isArray() || images.isEmpty()) {
            throw bad("names no image" + of);
        }
        int[] labels = domain.labels();
        Set<Integer> places = new LinkedHashSet<>();
        for (JsonNode image : images) {
            Integer place = known.get(Names.composed(image.asText()));
            if (place == null || labels[place] != label) {
                throw bad("names \"" + image.asText() + "\", which is no image" + of + " of " + dataset.root());
            }
            if (!places.add(place)) {
                throw bad("names an image" + of + " twice");
            }
        }
        long all = IntStream.of(labels).filter(other -> other == label).count();
        if (places.size() != Math.min(shots, all)) {
            throw bad("names " + places.size() + " images" + of + ", but " + Math.min(shots, all) + " belong to "
                    + shots + " shots");
        }
        return places.stream().mapToInt(place -> place).toArray();
    }

    private ClapException bad(String what) {
        return new ClapException(
                file + " " + what + "; delete it to have images drawn anew, or bring the one that belongs here");
    }
}
