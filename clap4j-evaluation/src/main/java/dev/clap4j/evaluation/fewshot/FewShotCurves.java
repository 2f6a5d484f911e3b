package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.evaluation.MethodDifference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Few-shot accuracy by number of labelled images, a curve for each method.
 *
 * @param setting the settings of the run
 * @param points the curves, method by method, each by ascending shots
 * @param cells every probe: by method, then shots, then seed, then domain
 */
public record FewShotCurves(Setting setting, List<FewShotPoint> points, List<FewShotCell> cells) {
    /**
     * Makes the lists unmodifiable.
     *
     * @throws IllegalArgumentException if there is not a probe for every method, number of shots, seed and domain, and a
     *     point for every method and number of shots
     */
    public FewShotCurves {
        points = List.copyOf(points);
        cells = List.copyOf(cells);
        MethodDifference.requireAmong(setting.methods, List.of());
        int draws = setting.seeds.size();
        int ofPoint = draws * setting.domains.size();
        boolean complete = setting.hasProbes(cells) && points.size() * (long) ofPoint == cells.size();
        for (int i = 0; complete && i < points.size(); i++) {
            complete = points.get(i).isOf(cells.get(i * ofPoint), draws);
        }
        if (!complete) {
            throw new IllegalArgumentException("The probes are not those of the setting");
        }
    }

    /**
     * The settings of a run.
     *
     * @param model the model's name
     * @param fingerprint identifies its weights
     * @param data the data set's folder
     * @param images the number of images
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

        /** Returns whether there is a cell for every method, number of shots, seed and domain, in this order. */
        private boolean hasProbes(List<FewShotCell> cells) {
            double probes = 1.0 * methods.size() * shots.size() * seeds.size() * domains.size();
            if (cells.isEmpty() || cells.size() != probes) {
                return false;
            }
            Iterator<FewShotCell> cell = cells.iterator();
            return methods.stream().allMatch(method -> shots.stream()
                    .allMatch(count -> seeds.stream().allMatch(seed -> domains.stream()
                            .allMatch(domain -> cell.next().isOf(method, count, seed, domain)))));
        }

        private Setting withSeeds(List<Long> other) {
            return new Setting(model, fingerprint, data, images, classes, domains, methods, probe, shots, other);
        }
    }

    /**
     * Builds the curves from cells.
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

    /**
     * Merges runs with the same methods, shots and domains into one with all their draws, renumbered; its
     * points are over these.
     */
    public static FewShotCurves together(List<FewShotCurves> runs) {
        List<Long> draws = new ArrayList<>();
        List<FewShotCell> cells = new ArrayList<>();
        for (FewShotCurves run : runs) {
            for (long seed : run.setting.seeds()) {
                long draw = draws.size();
                draws.add(draw);
                run.cells.stream()
                        .filter(cell -> cell.seed() == seed)
                        .map(cell -> cell.withSeed(draw))
                        .forEach(cells::add);
            }
        }
        return of(runs.get(0).setting.withSeeds(draws), cells);
    }

    /** Returns the cells of a seed in domain order. */
    private static List<FewShotCell> ofSeed(
            Setting setting, List<FewShotCell> cells, String method, int shots, long seed) {
        Map<String, FewShotCell> byDomain = cells.stream()
                .filter(cell -> cell.isOf(method, shots, seed, cell.domain()))
                .collect(Collectors.toMap(FewShotCell::domain, cell -> cell));
        return setting.domains().stream().map(byDomain::get).toList();
    }

    private static FewShotPoint point(Setting setting, List<List<FewShotCell>> bySeed) {
        Map<String, ProbeAccuracy> domains = new LinkedHashMap<>();
        for (int d = 0; d < setting.domains().size(); d++) {
            int domain = d;
            domains.put(
                    setting.domains().get(d),
                    ProbeAccuracy.of(bySeed.stream()
                            .map(cells -> List.of(cells.get(domain)))
                            .toList()));
        }
        FewShotCell any = bySeed.get(0).get(0);
        return new FewShotPoint(any.method(), any.alpha(), any.shots(), ProbeAccuracy.of(bySeed), domains);
    }

    /** Returns a method's points, by ascending shots. */
    public List<FewShotPoint> curve(String method) {
        return points.stream().filter(point -> point.method().equals(method)).toList();
    }

    /** Returns the point of a method and number of shots; empty if it was not run. */
    public Optional<FewShotPoint> point(String method, int shots) {
        Predicate<FewShotPoint> wanted = point -> point.shots() == shots;
        return curve(method).stream().filter(wanted).findFirst();
    }
}
