package dev.clap4j.evaluation.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsneProtocolTests {
    private static final TsneOptions OPTIONS =
            TsneOptions.DEFAULTS.withPerplexity(15).withIterations(300);

    /** A head that makes a class's images more alike: it moves them to their class's mean. */
    private static final Method TIDY = Method.clap(TsneProtocolTests::tidied, 0.5f);

    @TempDir
    private Path folder;

    private static EncodedDataset data(int perDomain) {
        return data(perDomain, "photo", "sketch");
    }

    private static EncodedDataset data(int perDomain, String... names) {
        List<Domain> domains = new ArrayList<>();
        for (String name : names) {
            domains.add(new Domain(
                    name,
                    IntStream.range(0, perDomain)
                            .mapToObj(i -> new LabelledImage(Path.of(name, "a, \"" + i + "\".png"), i % Blobs.CLASSES))
                            .toList()));
        }
        Dataset dataset = new Dataset(Path.of("any"), List.of("a", "b", "c", "d", "e", "f"), domains);
        return EncodedDataset.of(dataset, Blobs.points(names.length * perDomain));
    }

    private static FeatureMatrix tidied(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        double[][] means = new double[Blobs.CLASSES][Blobs.DIM];
        for (int k = 0; k < values.length; k++) {
            int label = k / Blobs.DIM % Blobs.CLASSES;
            means[label][k % Blobs.DIM] += (double) values[k] * Blobs.CLASSES / features.rows();
        }
        for (int k = 0; k < values.length; k++) {
            values[k] += alpha * (float) (means[k / Blobs.DIM % Blobs.CLASSES][k % Blobs.DIM] - values[k]);
        }
        return new FeatureMatrix(features.ids(), Blobs.DIM, values);
    }

    private TsneReport run(EncodedDataset data, Progress progress) {
        return new TsneProtocol(data, OPTIONS, folder).run(List.of(Method.CLIP, TIDY), progress);
    }

    private List<Path> maps() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("maps"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void eachDomainHasAPictureAndItsFigures() throws Exception {
        EncodedDataset data = data(90);

        TsneReport report = run(data, Progress.NONE);

        assertThat(report.domains()).extracting(TsneDomain::domain).containsExactly("photo", "sketch");
        TsneDomain photo = report.domains().get(0);
        assertThat(photo.images()).isEqualTo(90);
        assertThat(photo.methods()).extracting(TsneResult::method).containsExactly("CLIP", "CLAP α=0.5");
        TsneResult clip = photo.methods().get(0);
        TsneResult tidy = photo.methods().get(1);
        assertThat(clip.features().silhouette())
                .isEqualTo(Silhouette.of(data.images().get(0).normalised(), Blobs.labels(90)));
        assertThat(tidy.features().silhouette()).isGreaterThan(clip.features().silhouette());
        assertThat(tidy.map().silhouette()).isGreaterThan(clip.map().silhouette());
        assertThat(tidy.map().daviesBouldin()).isLessThan(clip.map().daviesBouldin());
        for (String name : List.of("photo.png", "photo.svg", "sketch.png", "sketch.svg", "sketch.csv")) {
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
        List<String> lines = Files.readAllLines(folder.resolve("photo.csv"));
        assertThat(lines).hasSize(91);
        assertThat(lines.get(0)).isEqualTo("image,class,CLIP x,CLIP y,CLAP α=0.5 x,CLAP α=0.5 y");
        assertThat(lines.get(8)).startsWith("\"photo/a, \"\"7\"\".png\",b,").matches("[^\\n]*(,-?[\\d.E-]+){4}");
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws Exception {
        TsneReport whole = run(data(90), Progress.NONE);
        List<Path> maps = maps();
        assertThat(maps).hasSize(4);
        Files.delete(maps.get(1));
        Files.delete(folder.resolve("photo.csv"));
        ToldProgress told = ToldProgress.patient();

        assertThat(run(data(90), told)).isEqualTo(whole);

        assertThat(told.done()).isEqualTo(told.steps()).isEqualTo(4 * (90L + OPTIONS.iterations()));
        assertThat(maps()).isEqualTo(maps);
        assertThat(folder.resolve("photo.csv")).exists();
    }

    @Test
    void finishedMapsAreKeptWhenItStops() throws Exception {
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() > 90 + OPTIONS.iterations() + 10);
        assertThatThrownBy(() -> run(data(90), stopping)).isInstanceOf(StoppedException.class);
        assertThat(maps()).hasSize(1);
        assertThat(folder.resolve("tsne.json")).doesNotExist();
    }

    @Test
    void noNameOfADomainLeadsElsewhere() throws IOException {
        EncodedDataset data = data(40, "../../name", "/", "Art", "art");
        Path inside = folder.resolve("a/b/out");
        new TsneProtocol(data, OPTIONS.withIterations(5), inside).run(List.of(Method.CLIP), Progress.NONE);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(inside));
        }
        try (Stream<Path> files = Files.list(inside)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .containsExactlyInAnyOrder("%2E.%2F..%2Fname.csv", "%2F.csv", "Art.csv", "%61%72%74.csv");
        }
    }

    @Test
    void aDamagedMapIsMadeAgain() throws Exception {
        TsneReport whole = run(data(90), Progress.NONE);
        Files.writeString(maps().get(0), "");

        assertThat(run(data(90), Progress.NONE)).isEqualTo(whole);
        assertThat(maps().get(0)).isNotEmptyFile();
    }

    @Test
    void thereMustBeEnoughToMap() {
        assertThatThrownBy(() -> TsneProtocol.check(data(29).dataset(), OPTIONS))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("t-SNE with perplexity 15.0 needs at least 30 points, but there are 29");
        assertThatThrownBy(() -> TsneProtocol.check(data(90).dataset().onlyClasses(List.of("b")), OPTIONS))
                .isInstanceOf(ClapException.class)
                .hasMessage("Maps show how classes stand apart, but there is only b in any; take at least two classes");
    }

    /** Ten images or fewer have no five neighbours that could be told from the rest; they ended in a stack trace. */
    @Test
    void aHandfulOfImagesHasAMapToo() {
        TsneOptions options = OPTIONS.withPerplexity(2);
        TsneReport report = new TsneProtocol(data(6), options, folder).run(List.of(Method.CLIP), Progress.NONE);
        assertThat(report.domains().get(0).methods().get(0).trustworthiness()).isBetween(0.0, 1.0);
    }

    @Test
    void distancesAreThoseOfNormalisedFeatures() {
        EncodedDataset data = data(90);
        float[] values = Blobs.points(180).values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 << k / Blobs.DIM % 3;
        }
        FeatureMatrix longer = new FeatureMatrix(Blobs.points(180).ids(), Blobs.DIM, values);
        TsneResult plain = run(data, Progress.NONE).domains().get(0).methods().get(0);

        TsneResult result = run(EncodedDataset.of(data.dataset(), longer), Progress.NONE)
                .domains()
                .get(0)
                .methods()
                .get(0);

        assertThat(result.divergence()).isCloseTo(plain.divergence(), within(1e-9));
    }
}
