package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.JsonReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What methods reach by the number of labelled images: a curve for each.
 *
 * @param setting what was run
 * @param points the curves, method by method, each by ascending shots
 * @param cells every probe: by method, then shots, then seed, then domain
 */
public record FewShotCurves(Setting setting, List<FewShotPoint> points, List<FewShotCell> cells) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Makes the lists unmodifiable. */
    public FewShotCurves {
        points = List.copyOf(points);
        cells = List.copyOf(cells);
    }

    /**
     * What was run.
     *
     * @param model the model's name
     * @param fingerprint identifies its weights
     * @param data the data set's folder
     * @param images how many images it has
     * @param classes the class names
     * @param domains the domains' names
     * @param methods the methods' names, CLIP first
     * @param probe how probes were trained: {@code official} or {@code lbfgs}
     * @param shots labelled images of each class, ascending
     * @param seeds of their choice
     */
    public record Setting(
            String model,
            String fingerprint,
            String data,
            int images,
            List<String> classes,
            List<String> domains,
            List<String> methods,
            String probe,
            List<Integer> shots,
            List<Long> seeds) {
        /** Makes the lists unmodifiable. */
        public Setting {
            classes = List.copyOf(classes);
            domains = List.copyOf(domains);
            methods = List.copyOf(methods);
            shots = List.copyOf(shots);
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * The curves through cells.
     *
     * @param cells a cell for every method, number of shots, seed and domain, in any order
     */
    static FewShotCurves of(Setting setting, List<FewShotCell> cells) {
        List<FewShotPoint> points = new ArrayList<>();
        List<FewShotCell> sorted = new ArrayList<>();
        for (String method : setting.methods()) {
            for (int shots : setting.shots()) {
                Map<Long, List<FewShotCell>> bySeed = new LinkedHashMap<>();
                for (long seed : setting.seeds()) {
                    bySeed.put(seed, ofSeed(setting, cells, method, shots, seed));
                    sorted.addAll(bySeed.get(seed));
                }
                points.add(point(setting, bySeed.values().stream().toList()));
            }
        }
        return new FewShotCurves(setting, points, sorted);
    }

    /** The cells of a seed in the order of the domains. */
    private static List<FewShotCell> ofSeed(
            Setting setting, List<FewShotCell> cells, String method, int shots, long seed) {
        Map<String, FewShotCell> byDomain = cells.stream()
                .filter(cell -> cell.method().equals(method) && cell.shots() == shots && cell.seed() == seed)
                .collect(Collectors.toMap(FewShotCell::domain, cell -> cell));
        return setting.domains().stream().map(byDomain::get).toList();
    }

    private static FewShotPoint point(Setting setting, List<List<FewShotCell>> bySeed) {
        Map<String, Reached> domains = new LinkedHashMap<>();
        for (int d = 0; d < setting.domains().size(); d++) {
            int domain = d;
            domains.put(
                    setting.domains().get(d),
                    Reached.of(bySeed.stream()
                            .map(cells -> List.of(cells.get(domain)))
                            .toList()));
        }
        FewShotCell any = bySeed.get(0).get(0);
        return new FewShotPoint(any.method(), any.alpha(), any.shots(), Reached.of(bySeed), domains);
    }

    /** A method's points, by ascending shots. */
    public List<FewShotPoint> curve(String method) {
        return points.stream().filter(point -> point.method().equals(method)).toList();
    }

    /** The point of a method with so many shots; empty if that was not run. */
    public Optional<FewShotPoint> point(String method, int shots) {
        Predicate<FewShotPoint> wanted = point -> point.shots() == shots;
        return curve(method).stream().filter(wanted).findFirst();
    }

    /**
     * Writes everything as JSON, whole or not at all.
     *
     * @throws ClapException if the file cannot be written
     */
    public void save(Path file) {
        try {
            AtomicFiles.writeString(file, JSON.writeValueAsString(this) + System.lineSeparator());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws ClapException if the file cannot be read, or holds something else
     */
    public static FewShotCurves load(Path file) {
        String expected = "; expected is the fewshot.json that clap fewshot writes";
        try {
            return JSON.readValue(Files.readString(file), FewShotCurves.class);
        } catch (JsonProcessingException e) {
            throw new ClapException(file + " holds no few-shot curves: " + JsonReasons.of(e) + expected, e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + e + expected, e);
        }
    }
}
