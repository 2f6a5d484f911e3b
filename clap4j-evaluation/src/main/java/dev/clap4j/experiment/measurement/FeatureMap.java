package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.Csv;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.ScatterPanel;
import dev.clap4j.tsne.ClusterQuality;
import dev.clap4j.tsne.MapStore;
import dev.clap4j.tsne.TsneMap;
import dev.clap4j.tsne.TsneOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The separation of classes in image features and on their maps (CLAP, section 4.3). Each domain is mapped by t-SNE of
 * L2-normalised features.
 *
 * <p>The run directory gets for each domain {@code <domain>.png} and {@code .svg}, the methods side by side, and
 * {@code <domain>.csv} with the places of the images. Finished maps are kept in {@code maps}.
 *
 * @param tsne the options of the maps
 */
public record FeatureMap(TsneOptions tsne) implements Measurement {
    /** The silhouette of the classes in the features. */
    public static final Measure SILHOUETTE =
            fraction("silhouette", "Silhouette of classes in image features", "silhouette", true);
    /** The Davies–Bouldin index of the classes in the features. */
    public static final Measure DAVIES_BOULDIN =
            fraction("davies-bouldin", "Davies–Bouldin index of classes in image features", "Davies–Bouldin", false);
    /** The silhouette of the classes on the map. */
    public static final Measure MAP_SILHOUETTE =
            fraction("map-silhouette", "Silhouette of classes on the map", "map: silhouette", true);
    /** The Davies–Bouldin index of the classes on the map. */
    public static final Measure MAP_DAVIES_BOULDIN =
            fraction("map-davies-bouldin", "Davies–Bouldin index of classes on the map", "map: Davies–Bouldin", false);
    /** KL(P‖Q) of the map. */
    public static final Measure DIVERGENCE =
            new Measure("map-divergence", "KL divergence of the map", "KL", false, Measure.Unit.NATS);
    /** The share of true neighbours among the nearest on the map. */
    public static final Measure TRUSTWORTHINESS =
            fraction("map-trustworthiness", "Trustworthiness of the map", "trust", true);

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "tsne",
            List.of(
                    "Draw maps of the features of images (t-SNE).",
                    "Images with similar features are close together, coloured by class; there is a map for each domain, of"
                            + " CLIP and of each head side by side. The run directory gets <domain>.png, .svg and .csv. The"
                            + " table says how well the classes are separated, in the features and on the map."),
            List.of(
                    new Setting("perplexity", "P", "About how many neighbours an image has.", "30"),
                    new Setting("iterations", "N", "Steps of gradient descent.", "1000"),
                    new Setting("seed", "S", "Seed of the maps, and of the draw of images at a limit.", "0")),
            values -> new FeatureMap(
                    new TsneOptions(values.real("perplexity"), values.whole("iterations"), values.seed("seed"))),
            List.of(SILHOUETTE, DAVIES_BOULDIN, MAP_SILHOUETTE, MAP_DAVIES_BOULDIN, DIVERGENCE, TRUSTWORTHINESS),
            true,
            false);

    /** The number of neighbours for trustworthiness; fewer in small domains. */
    private static final int TRUSTED = 5;

    private static Measure fraction(String id, String title, String symbol, boolean higherIsBetter) {
        return new Measure(id, title, symbol, higherIsBetter, Measure.Unit.FRACTION);
    }

    /** A method's map of a domain, turned towards the first method's, and the value of each measure. */
    private record Panel(Method method, TsneMap shown, Map<Measure, Double> values) {
        String title() {
            return method.condition().title();
        }

        /** Returns the scores; classes that coincide have no finite Davies–Bouldin index. */
        Stream<Score> scores(Condition condition) {
            return values.entrySet().stream()
                    .filter(each -> Double.isFinite(each.getValue()))
                    .map(each -> new Score(each.getKey(), condition, each.getValue()));
        }
    }

    @Override
    public Map<String, String> options() {
        return tsne.describe();
    }

    @Override
    public Layout layout() {
        return KIND.layout(
                "Image features by class (t-SNE)",
                List.of(new Layout.Table(
                        "Separation of classes in L2-normalised features and on their maps: more is better for silhouettes"
                                + " (−1 to 1) and trustworthiness (0 to 1), less for Davies–Bouldin and the KL"
                                + " divergence (nats).",
                        List.of(Condition.DOMAIN, Condition.METHOD),
                        KIND.measures(),
                        false)),
                List.of());
    }

    @Override
    public void check(Dataset dataset) {
        if (dataset.classes().size() < 2) {
            throw new ClapException("Maps show how classes stand apart, but there is only "
                    + dataset.classes().get(0) + " in " + dataset.root() + "; take at least two classes");
        }
        for (Domain domain : dataset.domains()) {
            if (IntStream.of(domain.labels()).distinct().count() < 2) {
                throw new ClapException("Maps show how classes stand apart, but the images of the domain "
                        + domain.name() + " are all of one class; leave it out");
            }
            tsne.requirePoints(domain.images().size());
        }
    }

    @Override
    public List<Cell> cells(Context context) {
        Subject subject = context.subject();
        check(subject.dataset());
        return subject.dataset().domains().stream()
                .map(domain -> new Cell(
                        Condition.NONE.with(Condition.DOMAIN, domain.name()),
                        subject.methods().size() * (domain.images().size() + (long) tsne.iterations())))
                .toList();
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        Dataset dataset = subject.dataset();
        int index = subject.domain(cell.condition());
        Domain domain = dataset.domains().get(index);
        MapStore store = new MapStore(context.folder().resolve("maps"));
        List<Panel> panels = new ArrayList<>();
        for (Method method : subject.methods()) {
            FeatureMatrix features =
                    method.apply(subject.images().images().get(index)).normalised();
            TsneMap map = store.get(features, tsne, steps);
            TsneMap shown =
                    panels.isEmpty() ? map : map.turnedTowards(panels.get(0).shown());
            panels.add(new Panel(method, shown, values(features, map, domain.labels())));
        }
        String title = subject.condition().title();
        String suffix = title.isEmpty() ? "" : " " + title;
        String file = FileNames.distinct(dataset.domains().stream()
                        .map(each -> each.name() + suffix)
                        .toList())
                .get(index);
        figure(dataset, domain, panels).write(context.folder(), file);
        AtomicFiles.writeString(context.folder().resolve(file + ".csv"), places(dataset, domain, panels));
        return new Results(
                panels.stream()
                        .flatMap(panel ->
                                panel.scores(subject.condition(panel.method).and(cell.condition())))
                        .toList(),
                List.of(),
                Map.of(file + ".png", "Maps of " + domain.name() + suffix));
    }

    private static Map<Measure, Double> values(FeatureMatrix features, TsneMap map, int[] labels) {
        ClusterQuality quality = ClusterQuality.of(features, labels);
        ClusterQuality shown = ClusterQuality.of(map.places(), labels);
        Map<Measure, Double> values = new LinkedHashMap<>();
        values.put(SILHOUETTE, quality.silhouette());
        values.put(DAVIES_BOULDIN, quality.daviesBouldin());
        values.put(MAP_SILHOUETTE, shown.silhouette());
        values.put(MAP_DAVIES_BOULDIN, shown.daviesBouldin());
        values.put(DIVERGENCE, map.divergence());
        int neighbours = Math.min(TRUSTED, (features.rows() - 1) / 2);
        values.put(TRUSTWORTHINESS, map.trustworthiness(features, neighbours));
        return values;
    }

    static String caption(Map<Measure, Double> values) {
        return String.format(
                Locale.ROOT,
                "silhouette %.3f on the map, %.3f in features",
                values.get(MAP_SILHOUETTE),
                values.get(SILHOUETTE));
    }

    private Figure figure(Dataset dataset, Domain domain, List<Panel> panels) {
        List<ScatterPanel> scatters = panels.stream()
                .map(panel -> new ScatterPanel(
                        panel.title(), panel.shown.places(), domain.labels(), dataset.classes(), caption(panel.values)))
                .toList();
        double perplexity = tsne.perplexity();
        String subtitle = String.format(
                Locale.ROOT,
                "%d images of %d classes, t-SNE of L2-normalised features, perplexity %s, seed %d. A larger"
                        + " silhouette (at most 1) means classes stand apart more.",
                domain.images().size(),
                dataset.classes().size(),
                perplexity == Math.rint(perplexity) ? (Object) (long) perplexity : (Object) perplexity,
                tsne.seed());
        return Figure.of("Image features of " + domain.name() + " by class", subtitle, scatters);
    }

    /** Returns a line for each image: its file, its class, and its place on each map. */
    private static String places(Dataset dataset, Domain domain, List<Panel> panels) {
        List<String> titles = new ArrayList<>(List.of("image", "class"));
        panels.forEach(panel -> titles.addAll(List.of(panel.title() + " x", panel.title() + " y")));
        StringBuilder text = new StringBuilder(Csv.line(titles) + "\n");
        for (int i = 0; i < domain.images().size(); i++) {
            LabelledImage image = domain.images().get(i);
            List<String> fields = new ArrayList<>(
                    List.of(image.path().toString(), dataset.classes().get(image.label())));
            for (Panel panel : panels) {
                for (float place : panel.shown.places().row(i)) {
                    fields.add(String.valueOf(place));
                }
            }
            text.append(Csv.line(fields)).append('\n');
        }
        return text.toString();
    }
}
