package dev.clap4j.search;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.prompt.PromptLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.VectorUtil;

/**
 * Measures what an index of labelled pictures in several styles finds with the mini CLIP, and with heads at α = 1 and at
 * the α chosen without labels; along the graph, too, beside the comparison of all features.
 *
 * <p>Arguments: the pictures, {@code <domain>/<class>/<image>}, and files of heads.
 */
public final class SearchQuality {
    private static final int TOP = 10;
    private static final int CANDIDATES = 200;
    private static final String PROMPT = "a picture of a ";

    private final Dataset dataset;
    private final List<Labels> known = new ArrayList<>();

    /** The thing that a picture shows, and its style. */
    private record Labels(int domain, int label) {}

    private SearchQuality(Dataset dataset) {
        this.dataset = dataset;
        for (int d = 0; d < dataset.domains().size(); d++) {
            for (int label : dataset.domains().get(d).labels()) {
                known.add(new Labels(d, label));
            }
        }
    }

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException {
        Dataset dataset = Dataset.read(Path.of(arguments[0]), System.err::println);
        List<Path> heads = Stream.of(arguments).skip(1).map(Path::of).toList();
        new SearchQuality(dataset).run(heads);
    }

    private void run(List<Path> files) throws IOException {
        Map<String, List<Map<String, Double>>> all = new LinkedHashMap<>();
        try (Clip clip = Clip.mini()) {
            FeatureMatrix images =
                    clip.embed(dataset.files().stream().map(Image::of).toList());
            FeatureMatrix texts = clip.embedTexts(
                    dataset.classes().stream().map(name -> PROMPT + name).toList());
            List<FeatureMatrix> prompts =
                    AlphaSelection.prompts(dataset.classes(), PromptLanguage.ENGLISH, clip::embedTexts);
            add(all, "CLIP", images, texts);
            for (Path file : files) {
                try (CompiledHead head = CompiledHead.of(
                        Head.load(file), ClipAccess.encoders(clip).engine())) {
                    add(all, "CLAP, α = 1", head.apply(images, 1), head.apply(texts, 1));
                    float alpha = AlphaSelection.choose(head::apply, prompts, images, AlphaSelection.GRID)
                            .alpha();
                    System.out.println(file + ": the α chosen without labels is " + alpha);
                    add(all, "CLAP, α without labels", head.apply(images, alpha), head.apply(texts, alpha));
                }
            }
        }
        all.forEach((method, results) -> results.get(0).keySet().forEach(measure -> {
            double[] values =
                    results.stream().mapToDouble(one -> one.get(measure)).toArray();
            System.out.printf("%-24s %-52s %s%n", method, measure, spread(values));
        }));
    }

    private void add(
            Map<String, List<Map<String, Double>>> all, String method, FeatureMatrix images, FeatureMatrix texts)
            throws IOException {
        all.computeIfAbsent(method, each -> new ArrayList<>()).add(measure(images.normalised(), texts.normalised()));
    }

    /** Returns mean ± sample deviation (n − 1) in percent. */
    private static String spread(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length == 1
                ? String.format(Locale.ROOT, "%.2f", 100 * mean)
                : String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * Math.sqrt(squares / (values.length - 1)));
    }

    /** Returns the means of all measures; features have a length of 1. */
    private Map<String, Double> measure(FeatureMatrix images, FeatureMatrix texts) throws IOException {
        Path folder = Files.createTempDirectory("search-quality");
        try {
            write(folder, images);
            try (ImageIndex index = ImageIndex.open(folder)) {
                Map<String, List<Double>> values = new LinkedHashMap<>();
                float[][] features = rows(images);
                for (int i = 0; i < features.length; i++) {
                    byPicture(index, features, i, values);
                }
                for (int label = 0; label < texts.rows(); label++) {
                    byText(index, features, texts.row(label), label, values);
                }
                Map<String, Double> means = new LinkedHashMap<>();
                values.forEach((measure, each) -> means.put(
                        measure,
                        each.stream().mapToDouble(value -> value).average().orElseThrow()));
                return means;
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Writes an index in which the documents have the order of the pictures. */
    private static void write(Path folder, FeatureMatrix images) {
        IndexInfo info = new IndexInfo("", "", "", "", "", "", "", 0, images.dim(), Map.of(), List.of());
        try (IndexWriting writing = IndexWriting.open(new IndexFolder(folder), before -> Optional.of(info))) {
            for (int i = 0; i < images.rows(); i++) {
                writing.put(new ImageDocument("/" + i, 1, 1, "" + i, new float[0], new float[0], images.row(i)));
            }
            writing.finish();
        }
    }

    private static float[][] rows(FeatureMatrix features) {
        return IntStream.range(0, features.rows()).mapToObj(features::row).toArray(float[][]::new);
    }

    /** Measures with a text as the query. */
    private void byText(
            ImageIndex index, float[][] features, float[] query, int wanted, Map<String, List<Double>> values) {
        boolean[] relevant = where(other -> other.label() == wanted);
        List<Integer> ranked = ranked(features, query, where(other -> true));
        add(values, "text: mAP", averagePrecision(ranked, relevant));
        add(values, "text: right among the first 10", right(ranked, relevant));
        add(values, "text: right among the first 10, graph", right(graph(index, query, TOP), relevant));
    }

    /** Measures with a picture as the query. */
    private void byPicture(ImageIndex index, float[][] features, int i, Map<String, List<Double>> values) {
        Labels own = known.get(i);
        float[] query = features[i];
        boolean[] same = where(other -> other.label() == own.label() && other.domain() != own.domain());
        List<Integer> ranked = ranked(features, query, where(other -> other.domain() != own.domain()));
        add(values, "image, other styles: mAP", averagePrecision(ranked, same));
        add(values, "image, other styles: recall@10", ranked.stream().limit(TOP).anyMatch(j -> same[j]) ? 1 : 0);
        add(values, "image: same thing before same style", contest(features, i));
        boolean[] thing = where(other -> other.label() == own.label());
        boolean[] others = where(other -> true);
        others[i] = false;
        List<Integer> exact = ranked(features, query, others).subList(0, TOP);
        List<Integer> graph = graph(index, query, TOP + 1).stream()
                .filter(j -> j != i)
                .limit(TOP)
                .toList();
        add(values, "image, all styles: right among the first 10", right(exact, thing));
        add(values, "image, all styles: right among the first 10, graph", right(graph, thing));
        add(values, "image, all styles: of these 10, found by the graph", right(graph, among(exact)));
    }

    private static void add(Map<String, List<Double>> values, String measure, double value) {
        values.computeIfAbsent(measure, each -> new ArrayList<>()).add(value);
    }

    private boolean[] where(Predicate<Labels> condition) {
        boolean[] pictures = new boolean[known.size()];
        for (int j = 0; j < pictures.length; j++) {
            pictures[j] = condition.test(known.get(j));
        }
        return pictures;
    }

    private boolean[] among(List<Integer> chosen) {
        boolean[] pictures = new boolean[known.size()];
        chosen.forEach(j -> pictures[j] = true);
        return pictures;
    }

    /** Returns some of the pictures, the most similar first. */
    private static List<Integer> ranked(float[][] features, float[] query, boolean[] gallery) {
        double[] cosines = new double[features.length];
        Arrays.setAll(cosines, j -> VectorUtil.dotProduct(query, features[j]));
        return IntStream.range(0, features.length)
                .filter(j -> gallery[j])
                .boxed()
                .sorted(Comparator.comparing((Integer j) -> -cosines[j]))
                .toList();
    }

    private static List<Integer> graph(ImageIndex index, float[] query, int top) {
        return index.read((searcher, info) -> new NearestFeatures(searcher, new MatchAllDocsQuery())
                .alongGraph(query, top, CANDIDATES).stream()
                        .map((ScoreDoc one) -> one.doc)
                        .toList());
    }

    private static double averagePrecision(List<Integer> ranked, boolean[] relevant) {
        double sum = 0;
        int found = 0;
        for (int rank = 1; rank <= ranked.size(); rank++) {
            if (relevant[ranked.get(rank - 1)]) {
                found++;
                sum += (double) found / rank;
            }
        }
        return found == 0 ? 0 : sum / found;
    }

    private static double right(List<Integer> ranked, boolean[] relevant) {
        return ranked.stream().limit(TOP).filter(j -> relevant[j]).count() / (double) TOP;
    }

    /**
     * Returns how often a picture of the same thing in another style is more similar than one of another thing in the same
     * style: the area under the curve of all such pairs.
     */
    private double contest(float[][] features, int i) {
        Labels own = known.get(i);
        double[] things =
                similar(features, i, where(other -> other.label() == own.label() && other.domain() != own.domain()));
        double[] styles =
                similar(features, i, where(other -> other.label() != own.label() && other.domain() == own.domain()));
        double won = 0;
        for (double thing : things) {
            for (double style : styles) {
                won += thing > style ? 1 : thing == style ? 0.5 : 0;
            }
        }
        return won / things.length / styles.length;
    }

    private static double[] similar(float[][] features, int i, boolean[] gallery) {
        return IntStream.range(0, features.length)
                .filter(j -> gallery[j])
                .mapToDouble(j -> VectorUtil.dotProduct(features[i], features[j]))
                .toArray();
    }
}
