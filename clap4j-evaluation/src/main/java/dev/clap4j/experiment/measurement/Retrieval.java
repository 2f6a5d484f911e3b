package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Gallery;
import dev.clap4j.internal.run.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Image retrieval across domains: each image of a domain is a query for the images of all other domains, ranked by cosine
 * similarity. Relevant are those of its class.
 *
 * <p>Images whose class no other domain has are no queries. Ties are broken by the order of domains and images.
 */
public record Retrieval() implements Measurement {
    /** The share of queries with a relevant image in first place. */
    public static final Measure RECALL_1 = recall(1);
    /** The share of queries with a relevant image among the first 5. */
    public static final Measure RECALL_5 = recall(5);
    /** The share of queries with a relevant image among the first 10. */
    public static final Measure RECALL_10 = recall(10);
    /** Mean average precision: the mean over a query's relevant images of the precision at their ranks. */
    public static final Measure MEAN_AVERAGE_PRECISION =
            Measure.accuracy("retrieval-map", "Retrieval across {data} domains, mean average precision", "mAP");

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "retrieval",
            List.of(
                    "Measure the search for images of the same class in other domains.",
                    "Each image of a domain is a query for the images of all other domains, ranked by cosine similarity. The"
                            + " table shows recall@1 by domain, and the means of recall@1, recall@5, recall@10 and average"
                            + " precision."),
            List.of(new Setting("seed", "S", "Seed of the draw of images at a limit.", "0")),
            values -> new Retrieval(),
            List.of(RECALL_1, RECALL_5, RECALL_10, MEAN_AVERAGE_PRECISION));

    /** Cosines computed at once, 64 MiB of them. */
    private static final int COSINES = 1 << 24;

    private static Measure recall(int k) {
        return Measure.accuracy("retrieval-recall-" + k, "Retrieval across {data} domains, recall@" + k, "R@" + k);
    }

    @Override
    public Layout layout() {
        return KIND.layout(
                "Retrieval across domains",
                List.of(new Layout.Table(
                        "Each image of a domain is a query for images of its class in the other domains. R@k: percent of"
                                + " queries that have one among the k nearest images (by domain for k = 1); mAP: mean"
                                + " average precision in percent.",
                        List.of(Condition.METHOD),
                        KIND.measures(),
                        true)),
                List.of(new Layout.Plot(
                        "Retrieval across domains",
                        List.of(RECALL_1, MEAN_AVERAGE_PRECISION),
                        "",
                        Condition.DOMAIN,
                        "")));
    }

    @Override
    public void check(Dataset dataset) {
        if (IntStream.range(0, dataset.domains().size()).allMatch(d -> queries(dataset, d).length == 0)) {
            throw new ClapException("Retrieval across domains needs a class with images in two domains or more, but "
                    + dataset.root() + " has none");
        }
    }

    @Override
    public List<Cell> cells(Context context) {
        Subject subject = context.subject();
        return subject.methods().stream()
                .flatMap(method -> subject.dataset().domains().stream()
                        .map(domain -> new Cell(
                                method.condition().with(Condition.DOMAIN, domain.name()),
                                domain.images().size())))
                .toList();
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        Method method = subject.method(cell.condition());
        int domain = subject.domain(cell.condition());
        int[] queries = queries(subject.dataset(), domain);
        if (queries.length == 0) {
            return Results.NONE;
        }
        FeatureMatrix images = context.mapped(method).get(domain);
        List<Gallery> all = context.shared("galleries", method, () -> context.mapped(method).stream()
                .map(Gallery::of)
                .toList());
        int[] others = IntStream.range(0, all.size()).filter(d -> d != domain).toArray();
        int[] labels = IntStream.of(others)
                .flatMap(d -> IntStream.of(subject.labels(d)))
                .toArray();
        double[][] values = new double[KIND.measures().size()][queries.length];
        int atOnce = Math.max(1, COSINES / labels.length);
        for (int start = 0; start < queries.length; start += atOnce) {
            int from = start;
            int[] block = Arrays.copyOfRange(queries, from, Math.min(queries.length, from + atOnce));
            FeatureMatrix features = images.select(block);
            List<float[][]> cosines = IntStream.of(others)
                    .mapToObj(other -> all.get(other).similarity(features))
                    .toList();
            IntStream.range(0, block.length).parallel().forEach(q -> {
                List<float[]> row = cosines.stream().map(part -> part[q]).toList();
                int[] ranks = ranks(row, labels, subject.labels(domain)[block[q]]);
                values[0][from + q] = ranks[0] <= 1 ? 1 : 0;
                values[1][from + q] = ranks[0] <= 5 ? 1 : 0;
                values[2][from + q] = ranks[0] <= 10 ? 1 : 0;
                values[3][from + q] = averagePrecision(ranks);
            });
            steps.advance(block.length);
        }
        Condition condition = subject.condition(method).and(cell.condition());
        return Results.ofImages(IntStream.range(0, values.length)
                .mapToObj(m -> ImageValues.of(KIND.measures().get(m), condition, values[m]))
                .toList());
    }

    /** Returns the indices of a domain's images whose class is found in another domain. */
    private static int[] queries(Dataset dataset, int domain) {
        boolean[] found = new boolean[dataset.classes().size()];
        List<Domain> domains = dataset.domains();
        IntStream.range(0, domains.size())
                .filter(other -> other != domain)
                .flatMap(other -> IntStream.of(domains.get(other).labels()))
                .forEach(label -> found[label] = true);
        int[] labels = domains.get(domain).labels();
        return IntStream.range(0, labels.length).filter(i -> found[labels[i]]).toArray();
    }

    /**
     * Returns the ranks of the images of a wanted class, ascending from 1, without sorting the others; the cosines of
     * all images come in consecutive parts.
     */
    static int[] ranks(List<float[]> cosines, int[] labels, int wanted) {
        long[] keys = new long[labels.length];
        int place = 0;
        for (float[] part : cosines) {
            for (float cosine : part) {
                keys[place] = key(cosine, place);
                place++;
            }
        }
        long[] relevant = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == wanted)
                .mapToLong(i -> keys[i])
                .sorted()
                .toArray();
        // The number of irrelevant images between each relevant one and the one before it.
        int[] between = new int[relevant.length + 1];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != wanted) {
                between[-1 - Arrays.binarySearch(relevant, keys[i])]++;
            }
        }
        int[] ranks = new int[relevant.length];
        int irrelevant = 0;
        for (int j = 0; j < ranks.length; j++) {
            irrelevant += between[j];
            ranks[j] = irrelevant + j + 1;
        }
        return ranks;
    }

    /** Returns a number that is smaller for larger cosines and, among equal ones, for earlier places. */
    private static long key(float cosine, int place) {
        int bits = Float.floatToIntBits(cosine + 0f); // Adding 0 makes −0 equal to 0.
        int ordered = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
        return ((long) ~ordered << Integer.SIZE) | place;
    }

    /** Returns the mean of the precisions at the ranks of the relevant images. */
    static double averagePrecision(int[] ranks) {
        double sum = 0;
        for (int j = 0; j < ranks.length; j++) {
            sum += (j + 1.0) / ranks[j];
        }
        return sum / ranks.length;
    }
}
