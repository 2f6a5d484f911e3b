package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.tsne.ClusterQuality;
import dev.clap4j.tsne.TsneOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMapTests {
    private static final int CLASSES = 6;
    private static final int DIM = 20;
    static final TsneOptions OPTIONS = new TsneOptions(15, 300, 0);

    /** A head that moves images to the mean of their class. */
    private static final Method TIDY = Method.clap(FeatureMapTests::tidied, 0.5f);

    private static final Condition SEED = Condition.NONE.with(Condition.SEED, 3);

    @TempDir
    private Path folder;

    /** Points around a centre for each class, the classes in turn. */
    private static FeatureMatrix points(int count) {
        Random random = new Random(1);
        float[] centres = new float[CLASSES * DIM];
        for (int k = 0; k < centres.length; k++) {
            centres[k] = (float) random.nextGaussian();
        }
        float[] values = new float[count * DIM];
        for (int k = 0; k < values.length; k++) {
            values[k] = centres[k % centres.length] + (float) random.nextGaussian();
        }
        return new FeatureMatrix(
                IntStream.range(0, count).mapToObj(String::valueOf).toList(), DIM, values);
    }

    private static EncodedDataset data(int perDomain, String... names) {
        List<Domain> domains = new ArrayList<>();
        for (String name : names) {
            domains.add(new Domain(
                    name,
                    IntStream.range(0, perDomain)
                            .mapToObj(i -> new LabelledImage(Path.of(name, "a, \"" + i + "\".png"), i % CLASSES))
                            .toList()));
        }
        Dataset dataset = new Dataset(Path.of("any"), List.of("a", "b", "c", "d", "e", "f"), domains);
        return EncodedDataset.of(dataset, points(names.length * perDomain));
    }

    static EncodedDataset data(int perDomain) {
        return data(perDomain, "photo", "sketch");
    }

    static FeatureMatrix tidied(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        double[][] means = new double[CLASSES][DIM];
        for (int k = 0; k < values.length; k++) {
            means[k / DIM % CLASSES][k % DIM] += (double) values[k] * CLASSES / features.rows();
        }
        for (int k = 0; k < values.length; k++) {
            values[k] += alpha * (float) (means[k / DIM % CLASSES][k % DIM] - values[k]);
        }
        return new FeatureMatrix(features.ids(), DIM, values);
    }

    static Results run(Path to, EncodedDataset data, TsneOptions options, Condition condition, Progress progress) {
        RunStart start = Files.exists(to.resolve("run.json")) ? RunStart.RESUME : RunStart.NEW;
        Subject subject = new Subject(Optional.empty(), null, data, List.of(Method.CLIP, TIDY), condition);
        try (Runner runner = Runner.open(to, start, JsonNodeFactory.instance.objectNode(), progress)) {
            runner.run(new Trial(subject, new FeatureMap(options)));
            return runner.finish();
        }
    }

    private Results run(EncodedDataset data, Progress progress) {
        return run(folder, data, OPTIONS, Condition.NONE, progress);
    }

    static double value(Results results, Measure measure, String method, String domain) {
        Condition condition = Condition.NONE.with(Condition.METHOD, method).with(Condition.DOMAIN, domain);
        List<Score> found = results.scores().stream()
                .filter(score ->
                        score.measure().equals(measure) && score.condition().matches(condition))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0).value();
    }

    private List<Path> maps() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("maps"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void eachDomainHasAPictureAndScores() throws IOException {
        EncodedDataset data = data(90);
        Results results = run(data, Progress.NONE);

        assertThat(results.scores()).hasSize(2 * 2 * FeatureMap.KIND.measures().size());
        assertThat(results.pictures())
                .containsEntry("photo.png", "Maps of photo")
                .containsEntry("sketch.png", "Maps of sketch");
        assertThat(value(results, FeatureMap.SILHOUETTE, "CLIP", "photo"))
                .isEqualTo(ClusterQuality.of(
                                data.images().get(0).normalised(),
                                data.dataset().domains().get(0).labels())
                        .silhouette());
        for (Measure silhouette : List.of(FeatureMap.SILHOUETTE, FeatureMap.MAP_SILHOUETTE)) {
            assertThat(value(results, silhouette, "CLAP", "photo"))
                    .isGreaterThan(value(results, silhouette, "CLIP", "photo"));
        }
        assertThat(value(results, FeatureMap.MAP_DAVIES_BOULDIN, "CLAP", "photo"))
                .isLessThan(value(results, FeatureMap.MAP_DAVIES_BOULDIN, "CLIP", "photo"));
        List<String> lines = Files.readAllLines(folder.resolve("photo.csv"));
        assertThat(lines).hasSize(91);
        assertThat(lines.get(0)).isEqualTo("image,class,CLIP x,CLIP y,CLAP α=0.5 x,CLAP α=0.5 y");
        assertThat(lines.get(8)).startsWith("\"photo/a, \"\"7\"\".png\",b,").matches("[^\\n]*(,-?[\\d.E-]+){4}");
    }

    /** Scores of the protocol before this measurement, of the same points. */
    @Test
    void scoresStayWhatTheyWere() {
        Results results = run(data(90), Progress.NONE);
        assertThat(FeatureMap.KIND.measures().stream()
                        .map(measure -> String.format(Locale.ROOT, "%.6f", value(results, measure, "CLAP", "sketch"))))
                .containsExactly("0.502894", "0.773469", "0.376018", "1.366329", "1.115368", "0.891355");
    }

    @Test
    void seedsHavePicturesOfTheirOwn() {
        Results results = run(folder, data(40), new TsneOptions(15, 5, 0), SEED, Progress.NONE);

        assertThat(results.pictures()).containsOnlyKeys("photo seed=3.png", "sketch seed=3.png");
        assertThat(folder.resolve("photo seed=3.csv")).isNotEmptyFile();
        assertThat(results.scores())
                .allMatch(score -> score.condition().get(Condition.SEED).equals("3"));
    }

    @Test
    void finishedMapsAreKeptWhenItStops() throws IOException {
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() > 90 + OPTIONS.iterations() + 10);
        assertThatThrownBy(() -> run(data(90), stopping)).isInstanceOf(StoppedException.class);
        assertThat(maps()).hasSize(1);

        ToldProgress told = ToldProgress.patient();
        Results results = run(data(90), told);

        assertThat(told.done()).isEqualTo(told.steps()).isEqualTo(4 * (90L + OPTIONS.iterations()));
        assertThat(maps()).hasSize(4);
        assertThat(results.scores())
                .isEqualTo(run(folder.resolve("whole"), data(90), OPTIONS, Condition.NONE, Progress.NONE)
                        .scores());
    }

    @Test
    void noNameOfADomainLeadsElsewhere() throws IOException {
        Path inside = folder.resolve("a/b/out");
        run(
                inside,
                data(40, "../../name", "/", "Art", "art"),
                new TsneOptions(15, 5, 0),
                Condition.NONE,
                Progress.NONE);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(inside));
        }
        try (Stream<Path> files = Files.list(inside)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .containsExactlyInAnyOrder("%2E.%2F..%2Fname.csv", "%2F.csv", "Art.csv", "%61%72%74.csv");
        }
    }

    @Test
    void settingsAreThoseOfTheCommandLine() {
        assertThat(FeatureMap.KIND.of(Map.of())).isEqualTo(new FeatureMap(TsneOptions.DEFAULTS));
        assertThat(FeatureMap.KIND.of(Map.of("perplexity", List.of("12.5"), "seed", List.of("4"))))
                .isEqualTo(new FeatureMap(new TsneOptions(12.5, 1000, 4)));
    }

    @Test
    void thereMustBeEnoughToMap() {
        FeatureMap map = new FeatureMap(OPTIONS);
        assertThatThrownBy(() -> map.check(data(29).dataset()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("t-SNE with perplexity 15.0 needs at least 30 points, but there are 29");
        assertThatThrownBy(() -> map.check(data(90).dataset().onlyClasses(List.of("b"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("Maps show how classes stand apart, but there is only b in any; take at least two classes");
        Domain mixed = data(90).dataset().domains().get(0);
        Domain alone = new Domain(
                "alone",
                mixed.images().stream().filter(image -> image.label() == 0).toList());
        assertThatThrownBy(() -> map.check(
                        new Dataset(Path.of("any"), List.of("a", "b", "c", "d", "e", "f"), List.of(mixed, alone))))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "Maps show how classes stand apart, but the images of the domain alone are all of one class;"
                                + " leave it out");
    }

    /** Ten images or fewer have no five neighbours that could be told from the rest. */
    @Test
    void aHandfulOfImagesHasAMapToo() {
        Results results = run(folder, data(6), new TsneOptions(2, 300, 0), Condition.NONE, Progress.NONE);
        assertThat(value(results, FeatureMap.TRUSTWORTHINESS, "CLIP", "photo")).isBetween(0.0, 1.0);
    }

    /** The Davies–Bouldin index is infinite then, and is no score; the caption shows the silhouettes all the same. */
    @Test
    void classesMayCoincide() throws IOException {
        List<LabelledImage> images = IntStream.range(0, 60)
                .mapToObj(i -> new LabelledImage(Path.of(i + ".png"), i % 2))
                .toList();
        FeatureMatrix pairs =
                points(30).select(IntStream.range(0, 60).map(i -> i / 2).toArray());
        Dataset dataset = new Dataset(Path.of("any"), List.of("a", "b"), List.of(new Domain("photo", images)));
        EncodedDataset data = EncodedDataset.of(dataset, pairs);
        Subject subject = new Subject(Optional.empty(), null, data, List.of(Method.CLIP), Condition.NONE);
        try (Runner runner = Runner.open(folder, RunStart.NEW, JsonNodeFactory.instance.objectNode(), Progress.NONE)) {
            List<Score> scores =
                    runner.run(new Trial(subject, new FeatureMap(OPTIONS))).scores();

            assertThat(scores)
                    .extracting(Score::measure)
                    .contains(FeatureMap.SILHOUETTE, FeatureMap.MAP_SILHOUETTE)
                    .doesNotContain(FeatureMap.DAVIES_BOULDIN);
            assertThat(FeatureMap.caption(Map.of(
                            FeatureMap.SILHOUETTE, 0.5,
                            FeatureMap.DAVIES_BOULDIN, Double.POSITIVE_INFINITY,
                            FeatureMap.MAP_SILHOUETTE, 0.25)))
                    .isEqualTo("silhouette 0.250 on the map, 0.500 in features");
        }
    }

    @Test
    void distancesAreThoseOfNormalisedFeatures() {
        EncodedDataset data = data(90);
        FeatureMatrix points = points(180);
        float[] values = points.values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 << k / DIM % 3;
        }
        EncodedDataset longer = EncodedDataset.of(data.dataset(), new FeatureMatrix(points.ids(), DIM, values));
        double plain = value(run(data, Progress.NONE), FeatureMap.DIVERGENCE, "CLIP", "photo");
        Results results = run(folder.resolve("longer"), longer, OPTIONS, Condition.NONE, Progress.NONE);

        assertThat(value(results, FeatureMap.DIVERGENCE, "CLIP", "photo")).isCloseTo(plain, within(1e-9));
    }
}
