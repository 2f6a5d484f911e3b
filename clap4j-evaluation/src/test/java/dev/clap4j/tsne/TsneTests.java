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
    private static final TsneOptions BARNES_HUT = TsneOptions.DEFAULTS.withExactUpTo(0);

    /** Scikit-learn's maps differ among each other by their seeds; ours must be as good as they are. */
    private static void assertAsGoodAsReference(TsneOptions options, JsonNode reference) {
        FeatureMatrix points = Blobs.points(reference.get("points").asInt());
        int[] labels = Blobs.labels(points.rows());

        TsneMap map = Tsne.of(points, options, Steps.untold());

        JsonNode runs = reference.get("divergenceTrustworthinessSilhouette");
        assertThat(map.divergence()).isCloseTo(mean(runs, 0), within(0.02 * mean(runs, 0)));
        assertThat(Trustworthiness.of(points, map.places(), 12)).isCloseTo(mean(runs, 1), within(0.01));
        assertThat(Silhouette.of(map.places(), labels)).isGreaterThan(mean(runs, 2) - 0.03);
    }

    private static double mean(JsonNode runs, int column) {
        return StreamSupport.stream(runs.spliterator(), false)
                .mapToDouble(run -> run.get(column).asDouble())
                .average()
                .orElseThrow();
    }

    @Test
    void exactMapsAreAsGoodAsTheReference() {
        assertAsGoodAsReference(TsneOptions.DEFAULTS, Blobs.reference().get("exact"));
    }

    @Test
    void barnesHutMapsAreAsGoodAsTheReference() {
        assertAsGoodAsReference(BARNES_HUT, Blobs.reference().get("barnesHut"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2000})
    void aSeedGivesOneMapWhateverTheNumberOfThreads(int exactUpTo) throws Exception {
        FeatureMatrix points = Blobs.points(700);
        TsneOptions options = TsneOptions.DEFAULTS.withExactUpTo(exactUpTo).withIterations(30);

        TsneMap alone = in(1, points, options);

        assertThat(in(4, points, options)).isEqualTo(alone);
        assertThat(in(4, points, options.withSeed(1)).places()).isNotEqualTo(alone.places());
    }

    private static TsneMap in(int threads, FeatureMatrix points, TsneOptions options) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> Tsne.of(points, options, Steps.untold())).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void everyStepIsTold() {
        ToldProgress told = ToldProgress.patient();

        Tsne.of(Blobs.points(150), TsneOptions.DEFAULTS.withIterations(7), Steps.begin(told, "t-SNE", 157));

        assertThat(told.done()).isEqualTo(157);
    }

    @Test
    void equalPointsStayTogetherAndDoNoHarm() {
        FeatureMatrix twice = FeatureMatrix.concat(List.of(Blobs.points(60), Blobs.points(60)));

        TsneMap map = Tsne.of(twice, BARNES_HUT.withPerplexity(10), Steps.untold());

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
        assertThatThrownBy(() -> Tsne.of(Blobs.points(59), TsneOptions.DEFAULTS, Steps.untold()))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "t-SNE with perplexity 30.0 needs at least 60 points, but there are 59; take more images or a"
                                + " lower perplexity");
        FeatureMatrix alike = Blobs.points(1).select(new int[80]);
        assertThatThrownBy(() -> Tsne.of(alike, TsneOptions.DEFAULTS, Steps.untold()))
                .isInstanceOf(ClapException.class)
                .hasMessage("All 80 points are alike, so there is nothing to map");
        assertThatThrownBy(() -> TsneOptions.DEFAULTS.withPerplexity(Double.NaN))
                .isInstanceOf(ClapException.class);
        assertThatThrownBy(() -> TsneOptions.DEFAULTS.withIterations(0)).isInstanceOf(ClapException.class);
        assertThatThrownBy(() -> TsneOptions.DEFAULTS.withAngle(0.8)).isInstanceOf(ClapException.class);
    }
}
