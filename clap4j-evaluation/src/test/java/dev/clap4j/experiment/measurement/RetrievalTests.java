package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.dataset.RandomData;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.feature.FeatureMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalTests {
    /** Returns a domain of images with these labels and angles in degrees. */
    private static Domain domain(String name, int... labels) {
        return new Domain(
                name,
                IntStream.range(0, labels.length)
                        .mapToObj(i -> new LabelledImage(Path.of("any", name, i + ".png"), labels[i]))
                        .toList());
    }

    private static FeatureMatrix angles(double... degrees) {
        float[] values = new float[2 * degrees.length];
        for (int i = 0; i < degrees.length; i++) {
            values[2 * i] = (float) Math.cos(Math.toRadians(degrees[i]));
            values[2 * i + 1] = (float) Math.sin(Math.toRadians(degrees[i]));
        }
        return new FeatureMatrix(Collections.nCopies(degrees.length, ""), 2, values);
    }

    private static Results run(EncodedDataset data, Method... methods) {
        return new Trial(
                        new Subject(Optional.empty(), new WordWorld(), data, List.of(methods), Condition.NONE),
                        new Retrieval())
                .results();
    }

    private static double[] values(Results results, String measure, String domain) {
        return results.images().stream()
                .filter(each -> each.measure().id().equals(measure)
                        && each.condition().get(Condition.DOMAIN).equals(domain))
                .map(ImageValues::values)
                .findFirst()
                .orElseThrow();
    }

    private static EncodedDataset small() {
        List<Domain> domains = List.of(domain("a", 0, 1, 2), domain("b", 0, 0, 1), domain("c", 1, 1, 1, 1, 1, 0));
        return new EncodedDataset(
                new Dataset(Path.of("any"), List.of("x", "y", "z"), domains),
                List.of(angles(0, 100, 50), angles(10, 90, 20), angles(11, 12, 13, 14, 15, 40)));
    }

    @Test
    void byHand() {
        Results results = run(small(), Method.CLIP);

        // Image 0 of a: 10 (x), 11 to 15 (y), 20 (y), 40 (x), 90 (x): relevant at ranks 1, 8 and 9.
        // Image 1 of a: 90 (x), 40 (x), 20, 15, 14, 13, 12, 11 (y), 10 (x): relevant at ranks 3 to 8.
        // Image 2 has a class that no other domain has.
        assertThat(values(results, "retrieval-recall-1", "a")).containsExactly(1, 0);
        assertThat(values(results, "retrieval-recall-5", "a")).containsExactly(1, 1);
        assertThat(values(results, "retrieval-map", "a")[0]).isCloseTo((1 + 2 / 8.0 + 3 / 9.0) / 3, within(1e-12));
        assertThat(values(results, "retrieval-map", "a")[1])
                .isCloseTo((1 / 3.0 + 2 / 4.0 + 3 / 5.0 + 4 / 6.0 + 5 / 7.0 + 6 / 8.0) / 6, within(1e-12));
        // Image 1 of b (90, x) among a and c: 100 (y), 50 (z), 40 (x), 15 to 11 (y), 0 (x): ranks 3 and 9.
        assertThat(values(results, "retrieval-recall-1", "b")[1]).isZero();
        assertThat(values(results, "retrieval-recall-5", "b")[1]).isEqualTo(1);
        assertThat(values(results, "retrieval-map", "b")[1]).isCloseTo((1 / 3.0 + 2 / 9.0) / 2, within(1e-12));
        assertThat(results.scores()).hasSize(4 * 3);
        assertThat(results.scores().get(0).condition().values())
                .containsExactly(java.util.Map.entry("method", "CLIP"), java.util.Map.entry("domain", "a"));
        assertThat(results.scores().get(0).value()).isEqualTo(50);
    }

    /** Equal cosines are ranked by their places, of which the first relevant one has the second here. */
    @Test
    void tiesAreBrokenByOrder() {
        float[] equal = {0.5f, 0.5f, -0f};
        float[] last = {0f, 0.5f};

        assertThat(Retrieval.ranks(List.of(equal, last), new int[] {1, 0, 0, 1, 0}, 0))
                .containsExactly(2, 3, 4);
        assertThat(Retrieval.ranks(List.of(new float[] {-0.5f, -0.25f, 0.25f}), new int[] {0, 1, 1}, 0))
                .containsExactly(3);
    }

    /** The same values from sorted lists of all other images, for CLIP and a second method. */
    @Test
    void valuesAreThoseOfSortedLists() {
        EncodedDataset data = RandomData.of(6, 4, 5, 8, 1.2);
        Method half = Method.clap(
                (features, alpha) -> {
                    float[] rows = features.values();
                    IntStream.range(0, rows.length).filter(i -> i % 2 == 0).forEach(i -> rows[i] = 0);
                    return new FeatureMatrix(features.ids(), features.dim(), rows);
                },
                1);

        Results results = run(data, Method.CLIP, half);

        assertThat(results.images()).hasSize(2 * 4 * 4);
        for (Method method : List.of(Method.CLIP, half)) {
            List<FeatureMatrix> mapped = data.mapped(method::apply);
            for (int d = 0; d < 4; d++) {
                for (int i = 0; i < 30; i++) {
                    List<Integer> ranked = ranked(data, mapped, d, i);
                    int label = data.dataset().domains().get(d).labels()[i];
                    double precision = 0;
                    int found = 0;
                    for (int rank = 1; rank <= ranked.size(); rank++) {
                        if (ranked.get(rank - 1) == label) {
                            found++;
                            precision += (double) found / rank / 15;
                        }
                    }
                    assertThat(value(results, "retrieval-map", method, d, i)).isCloseTo(precision, within(1e-9));
                    for (int k : new int[] {1, 5, 10}) {
                        assertThat(value(results, "retrieval-recall-" + k, method, d, i))
                                .isEqualTo(ranked.subList(0, k).contains(label) ? 1 : 0);
                    }
                }
            }
        }
    }

    private static double value(Results results, String measure, Method method, int domain, int image) {
        Condition wanted = method.condition().with(Condition.DOMAIN, "d" + domain);
        return results.images().stream()
                .filter(each ->
                        each.measure().id().equals(measure) && each.condition().equals(wanted))
                .findFirst()
                .orElseThrow()
                .values()[image];
    }

    /** Returns the classes of all images of other domains, the most similar first, by the definition of the cosine. */
    private static List<Integer> ranked(EncodedDataset data, List<FeatureMatrix> mapped, int domain, int image) {
        record Found(double cosine, int label) {}
        List<Found> all = new ArrayList<>();
        float[] query = mapped.get(domain).row(image);
        for (int d = 0; d < mapped.size(); d++) {
            for (int i = 0; d != domain && i < mapped.get(d).rows(); i++) {
                float[] row = mapped.get(d).row(i);
                double product = 0;
                double one = 0;
                double other = 0;
                for (int j = 0; j < row.length; j++) {
                    product += (double) row[j] * query[j];
                    one += (double) row[j] * row[j];
                    other += (double) query[j] * query[j];
                }
                all.add(new Found(
                        product / Math.sqrt(one * other),
                        data.dataset().domains().get(d).labels()[i]));
            }
        }
        return all.stream()
                .sorted(Comparator.comparing(Found::cosine).reversed())
                .map(Found::label)
                .toList();
    }

    @Test
    void aClassInTwoDomainsIsNeeded() {
        Dataset apart = new Dataset(Path.of("any"), List.of("x", "y"), List.of(domain("a", 0, 0), domain("b", 1)));

        assertThatThrownBy(() -> new Retrieval().check(apart))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "Retrieval across domains needs a class with images in two domains or more, but any has none");
        new Retrieval().check(small().dataset());
    }
}
