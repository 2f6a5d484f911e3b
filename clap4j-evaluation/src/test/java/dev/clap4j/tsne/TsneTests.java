package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsneTests {
    /** Scikit-learn's maps differ among each other by their seeds; ours must be as good as they are. */
    private static void assertAsGoodAsReference(boolean exact, JsonNode reference) {
        FeatureMatrix points = Blobs.points(reference.get("points").asInt());
        int[] labels = Blobs.labels(points.rows());

        TsneMap map = Tsne.of(points, TsneOptions.DEFAULTS, exact, Steps.unreported());

        JsonNode runs = reference.get("divergenceTrustworthinessSilhouette");
        assertThat(map.divergence()).isCloseTo(mean(runs, 0), within(0.02 * mean(runs, 0)));
        assertThat(map.trustworthiness(points, 12)).isCloseTo(mean(runs, 1), within(0.01));
        assertThat(ClusterQuality.of(map.places(), labels).silhouette()).isGreaterThan(mean(runs, 2) - 0.03);
    }

    private static double mean(JsonNode runs, int column) {
        return StreamSupport.stream(runs.spliterator(), false)
                .mapToDouble(run -> run.get(column).asDouble())
                .average()
                .orElseThrow();
    }

    @Test
    void exactMapsAreAsGoodAsTheReference() {
        assertAsGoodAsReference(true, Blobs.reference().get("exact"));
    }

    @Test
    void barnesHutMapsAreAsGoodAsTheReference() {
        assertAsGoodAsReference(false, Blobs.reference().get("barnesHut"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSeedGivesOneMapWhateverTheNumberOfThreads(boolean exact) throws Exception {
        FeatureMatrix points = Blobs.points(700);

        TsneMap alone = in(1, points, 0, exact);

        assertThat(in(4, points, 0, exact)).isEqualTo(alone);
        assertThat(in(4, points, 1, exact).places()).isNotEqualTo(alone.places());
    }

    private static TsneMap in(int threads, FeatureMatrix points, long seed, boolean exact) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> Tsne.of(points, new TsneOptions(30, 30, seed), exact, Steps.unreported()))
                    .get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void everyStepIsTold() {
        ToldProgress told = ToldProgress.patient();

        Tsne.of(Blobs.points(150), new TsneOptions(30, 7, 0), Steps.begin(told, "t-SNE", 157));

        assertThat(told.done()).isEqualTo(157);
    }

    @Test
    void equalPointsStayTogetherAndDoNoHarm() {
        FeatureMatrix twice = FeatureMatrix.concat(List.of(Blobs.points(60), Blobs.points(60)));

        TsneMap map = Tsne.of(twice, new TsneOptions(10, 1000, 0), false, Steps.unreported());

        float[] places = map.places().values();
        double size = DoubleStream.iterate(0, k -> k + 1)
                .limit(places.length)
                .map(k -> Math.abs(places[(int) k]))
                .max()
                .orElseThrow();
        for (int k = 0; k < 120; k++) {
            assertThat(places[k]).isCloseTo(places[120 + k], within((float) size / 10));
        }
    }

    @Test
    void whatCannotBeMappedIsRefused() {
        assertThatThrownBy(() -> Tsne.of(Blobs.points(59), TsneOptions.DEFAULTS, Steps.unreported()))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "t-SNE with perplexity 30.0 needs at least 60 points, but there are 59; take more images or a"
                                + " lower perplexity");
        FeatureMatrix alike = Blobs.points(1).select(new int[80]);
        assertThatThrownBy(() -> Tsne.of(alike, TsneOptions.DEFAULTS, Steps.unreported()))
                .isInstanceOf(ClapException.class)
                .hasMessage("All 80 points are alike, so there is nothing to map");
        assertThatThrownBy(() -> new TsneOptions(Double.NaN, 1000, 0)).isInstanceOf(ClapException.class);
        assertThatThrownBy(() -> new TsneOptions(30, 0, 0)).isInstanceOf(ClapException.class);
    }
}
