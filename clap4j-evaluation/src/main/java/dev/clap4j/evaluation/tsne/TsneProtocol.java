package dev.clap4j.evaluation.tsne;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.evaluation.plot.Cloud;
import dev.clap4j.evaluation.plot.Figure;
import dev.clap4j.evaluation.plot.ScatterPanel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps of the images of each domain as several methods see them, by t-SNE of L2-normalised features, with figures of how
 * well the classes stand apart (CLAP, section 4.3).
 *
 * <p>A folder gets for each domain {@code <domain>.png} and {@code .svg}, the methods side by side, and
 * {@code <domain>.csv}, where each image is; and {@code tsne.json} with all figures. Maps that are in its {@code maps} are not made again.
 */
public final class TsneProtocol {
    /** The number of neighbours for trustworthiness; fewer in small domains. */
    private static final int TRUSTED = 5;

    private final EncodedDataset data;
    private final TsneOptions options;
    private final Path folder;

    /**
     * A protocol for a data set.
     *
     * @param folder where the pictures go
     * @throws ClapException as {@link #check} does
     */
    public TsneProtocol(EncodedDataset data, TsneOptions options, Path folder) {
        check(data.dataset(), options);
        this.data = data;
        this.options = options;
        this.folder = folder;
    }

    /**
     * Makes sure, before images are encoded, that there is enough to map.
     *
     * @throws ClapException if there are not two classes, or a domain has too few images for the perplexity
     */
    public static void check(Dataset dataset, TsneOptions options) {
        if (dataset.classes().size() < 2) {
            throw new ClapException("Maps show how classes stand apart, but there is only "
                    + dataset.classes().get(0) + " in " + dataset.root() + "; take at least two classes");
        }
        dataset.domains()
                .forEach(domain -> options.requirePoints(domain.images().size()));
    }

    /** The steps of all maps, for so many methods. */
    private static long steps(Dataset dataset, TsneOptions options, int methods) {
        return methods
                * (dataset.size()
                        + (long) options.iterations() * dataset.domains().size());
    }

    /**
     * Makes all maps, and writes {@code tsne.json}; a result for each domain and method, in their order.
     *
     * @throws dev.clap4j.StoppedException if the progress asks to stop; finished maps are kept
     */
    public TsneReport run(List<Method> methods, Progress progress) {
        Steps steps = Steps.begin(progress, "t-SNE", steps(data.dataset(), options, methods.size()));
        List<TsneDomain> domains = new ArrayList<>();
        List<String> files =
                files(data.dataset().domains().stream().map(Domain::name).toList());
        for (int d = 0; d < data.images().size(); d++) {
            Domain domain = data.dataset().domains().get(d);
            domains.add(map(domain, files.get(d), data.images().get(d), methods, steps));
        }
        TsneReport report = new TsneReport(data.dataset().classes(), options, domains);
        ResultFile.save(folder.resolve(Protocol.TSNE.file()), report);
        return report;
    }

    /** Returns the file names of domains, without extensions. */
    public static List<String> files(List<String> domains) {
        return FileNames.distinct(domains);
    }

    private TsneDomain map(Domain domain, String file, FeatureMatrix images, List<Method> methods, Steps steps) {
        MapStore store = new MapStore(folder.resolve("maps"));
        List<TsneMap> maps = new ArrayList<>();
        List<TsneResult> results = new ArrayList<>();
        int[] labels = domain.labels();
        for (Method method : methods) {
            FeatureMatrix features = method.apply(images).normalised();
            TsneMap map = store.get(features, options, steps);
            TsneMap shown = maps.isEmpty() ? map : map.turnedTowards(maps.get(0));
            maps.add(shown);
            results.add(result(method, features, map, labels));
        }
        figure(domain, maps, results).write(folder, file);
        AtomicFiles.writeString(folder.resolve(file + ".csv"), places(domain, maps, results));
        return new TsneDomain(domain.name(), labels.length, results);
    }

    private static TsneResult result(Method method, FeatureMatrix features, TsneMap map, int[] labels) {
        return new TsneResult(
                method.name(),
                method.alpha(),
                map.divergence(),
                Trustworthiness.of(features, map.places(), Math.min(TRUSTED, (features.rows() - 1) / 2)),
                ClusterQuality.of(features, labels),
                ClusterQuality.of(map.places(), labels));
    }

    private Figure figure(Domain domain, List<TsneMap> maps, List<TsneResult> results) {
        List<ScatterPanel> panels = new ArrayList<>();
        for (int m = 0; m < maps.size(); m++) {
            TsneResult result = results.get(m);
            List<Cloud> clouds = Cloud.byClass(
                    maps.get(m).places(), domain.labels(), data.dataset().classes());
            String note = String.format(
                    Locale.ROOT,
                    "silhouette %.3f on the map, %.3f in features",
                    result.map().silhouette(),
                    result.features().silhouette());
            panels.add(new ScatterPanel(result.method(), clouds, note));
        }
        String subtitle = String.format(
                Locale.ROOT,
                "%d images of %d classes, t-SNE of L2-normalised features, perplexity %s, seed %d. A larger"
                        + " silhouette (at most 1) means classes stand apart more.",
                domain.images().size(),
                data.dataset().classes().size(),
                trimmed(options.perplexity()),
                options.seed());
        return Figure.of("Image features of " + domain.name() + " by class", subtitle, panels);
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** A line for each image: its file, its class, and where it is on each map. */
    private String places(Domain domain, List<TsneMap> maps, List<TsneResult> results) {
        StringBuilder text = new StringBuilder("image,class");
        results.forEach(result -> text.append(',')
                .append(quoted(result.method() + " x"))
                .append(',')
                .append(quoted(result.method() + " y")));
        text.append('\n');
        List<float[]> places = maps.stream().map(map -> map.places().values()).toList();
        for (int i = 0; i < domain.images().size(); i++) {
            int row = i;
            text.append(quoted(domain.images().get(i).path().toString()))
                    .append(',')
                    .append(quoted(
                            data.dataset().classes().get(domain.images().get(i).label())));
            places.forEach(
                    place -> text.append(',').append(place[2 * row]).append(',').append(place[2 * row + 1]));
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
