package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptMetrics;
import dev.clap4j.evaluation.WordWorld;
import dev.clap4j.evaluation.ZeroShotAnswers;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.report.Comparison.Pair;
import dev.clap4j.report.Comparison.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences computed from saved scores are those that the protocols computed while they ran. */
class SameFiguresTests {
    private static final int NOISE_BATCH = 16;
    private static final Map<String, String> NAMES = Map.of(
            PromptMetrics.MEAN, "zeroshot-mean",
            PromptMetrics.RANGE, "zeroshot-range",
            PromptMetrics.DEVIATION, "zeroshot-deviation",
            PromptMetrics.NOISE_DROP, "zeroshot-noise-drop");

    @TempDir
    private Path folder;

    private final WordWorld world = new WordWorld();
    private final Dataset dataset = WordWorld.dataset("world", "oil", "pencil");
    private EncodedDataset images;
    private List<Method> methods;

    @BeforeEach
    void encode() {
        images = EncodedDataset.of(dataset, world.images(dataset.files(), Progress.NONE));
        methods = new ArrayList<>(List.of(Method.CLIP));
        for (int seed = 0; seed < 3; seed++) {
            methods.add(Method.clap(head(seed), 0.5f).with(Condition.SEED, seed));
        }
    }

    private static ContentMap head(int seed) {
        return (features, alpha) -> {
            float[] values = features.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= i % WordWorld.DIM % (seed + 2) == 0 ? 1 + alpha : 1;
            }
            List<float[]> rows = IntStream.range(0, features.rows())
                    .mapToObj(row -> Arrays.copyOfRange(values, row * WordWorld.DIM, (row + 1) * WordWorld.DIM))
                    .toList();
            return FeatureMatrix.ofRows(features.ids(), WordWorld.DIM, rows);
        };
    }

    private Comparison comparison(List<Method> compared, Condition condition, long seed) throws IOException {
        Subject subject = new Subject(Optional.empty(), world, images, compared, condition);
        Results results = new Trial(subject, new ZeroShot(ZeroShot.STYLES, NOISE_BATCH, seed)).results();
        Path run = RunFiles.of("quickstart")
                .option("seed", String.valueOf(seed))
                .results(results)
                .writeTo(folder.resolve("run"));
        return new Comparison(Section.of(SavedRun.find(List.of(run))).get(0));
    }

    private ZeroShotAnswers answers(List<Method> compared, long seed) {
        List<dev.clap4j.evaluation.Method> old = compared.stream()
                .map(method -> method.alpha() == null
                        ? dev.clap4j.evaluation.Method.CLIP
                        : dev.clap4j.evaluation.Method.clap(method.map(), method.alpha()))
                .toList();
        return new ZeroShotProtocol(dataset, images.images(), world, NOISE_BATCH, seed).answers(ZeroShot.STYLES, old);
    }

    private static Row row(Comparison comparison, String name) {
        return comparison.rows().stream()
                .filter(row -> row.measure().id().equals(NAMES.getOrDefault(name, "zeroshot"))
                        && (NAMES.containsKey(name)
                                || name.equals(row.condition().get(Condition.PROMPT))))
                .findFirst()
                .orElseThrow();
    }

    private static void isSame(Difference own, Difference old) {
        assertThat(own.signed(2)).isEqualTo(old.signed(2));
        assertThat(own.range(2)).isEqualTo(old.range(2));
        assertThat(own.words()).isEqualTo(old.words());
        assertThat(own.count()).isEqualTo(old.count());
        assertThat(own.interval().low()).isCloseTo(old.interval().low(), within(1e-9));
        assertThat(own.interval().high()).isCloseTo(old.interval().high(), within(1e-9));
    }

    @Test
    void headsAgainstOneBaseline() throws IOException {
        Comparison comparison = comparison(methods, Condition.NONE, 5);
        ZeroShotAnswers old = answers(methods, 5);
        List<Difference> differences = old.paired().othersAgainstFirst(old.figures(), 5);
        List<String> names = old.figures().names();

        for (int i = 0; i < names.size(); i++) {
            Row row = row(comparison, names.get(i));
            isSame(comparison.difference(row, new Pair("CLAP", "CLIP")).orElseThrow(), differences.get(i));
        }
        MethodResult clip = old.results().get(0);
        assertThat(Observation.text(comparison.of(row(comparison, "R"), "CLIP"), ZeroShot.RANGE))
                .isEqualTo(dev.clap4j.evaluation.Metrics.twoDecimals(clip.range()));
    }

    @Test
    void oneHeadOfASeed() throws IOException {
        List<Method> pair = List.of(Method.CLIP, Method.clap(head(1), 0.5f));
        Comparison comparison = comparison(pair, Condition.NONE.with(Condition.SEED, 3), 3);
        ZeroShotAnswers old = answers(pair, 3);

        for (MethodDifference each : old.paired().pairs(old.figures(), 3)) {
            Row row = row(comparison, each.figure());
            isSame(comparison.difference(row, new Pair("CLAP", "CLIP")).orElseThrow(), each.difference());
        }
    }
}
