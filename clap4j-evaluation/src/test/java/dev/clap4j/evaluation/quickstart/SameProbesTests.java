package dev.clap4j.evaluation.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.evaluation.FewShotDraw;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.PairedAnswers;
import dev.clap4j.evaluation.VarianceShare;
import dev.clap4j.evaluation.WordWorld;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.experiment.measurement.VarianceShares;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.training.probe.ProbeRecipe;
import dev.clap4j.training.probe.RegressionOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The measurements of probes and variances give the scores of the classes that they replace, to the last bit. */
class SameProbesTests {
    private static final List<Measure> MEASURES = List.of(FewShot.PROBE, FewShot.UNLABELLED, FewShot.OTHER_DOMAINS);

    private final WordWorld world = new WordWorld();
    private final Dataset dataset = WordWorld.dataset("world", "one", "two", "three");
    private final EncodedDataset data = EncodedDataset.of(dataset, world.images(dataset.files(), Progress.NONE));

    private static FeatureMatrix head(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        IntStream.range(0, values.length).filter(i -> i % 3 == 0).forEach(i -> values[i] *= 1 - alpha);
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    private static final List<Method> OLD =
            List.of(Method.CLIP, Method.clap(SameProbesTests::head, 0.5f), Method.clap(SameProbesTests::head, 1));
    private static final List<dev.clap4j.experiment.Method> NEW = List.of(
            dev.clap4j.experiment.Method.CLIP,
            dev.clap4j.experiment.Method.clap(SameProbesTests::head, 0.5f).with(Condition.SEED, 0),
            dev.clap4j.experiment.Method.clap(SameProbesTests::head, 1).with(Condition.SEED, 1));

    private Subject subject() {
        return new Subject(Optional.empty(), world, data, NEW, Condition.NONE.with(Condition.DATA, "unseen"));
    }

    @Test
    void theSameImagesAreDrawn() {
        FewShotDraw old = FewShotDraw.of(dataset, 5, 11);
        SupportSet draw = SupportSet.draw(dataset, 5, 11);

        for (int d = 0; d < 3; d++) {
            assertThat(draw.rows(d, 4)).isEqualTo(old.support(4).rows().get(d));
        }
    }

    @Test
    void theSameScores() {
        for (ProbeRecipe recipe :
                List.of(ProbeOptions.OFFICIAL.withEpochs(40, 10), RegressionOptions.USUAL.withL2(0.1))) {
            List<Score> scores = new Trial(subject(), FewShot.of(List.of(1, 3), List.of(0L, 5L), recipe))
                    .results()
                    .scores();
            FewShotProtocol protocol = new FewShotProtocol(data, recipe);
            int at = 0;
            for (Method method : OLD) {
                for (int shots : List.of(1, 3)) {
                    for (long draw : List.of(0L, 5L)) {
                        for (int d = 0; d < 3; d++) {
                            FewShotCell cell = protocol.cell(
                                    method, data.mapped(method::apply), d, FewShotSupport.draw(dataset, shots, draw));
                            assertThat(scores.get(at++).value()).isEqualTo(cell.within());
                            assertThat(scores.get(at++).value()).isEqualTo(cell.others());
                            assertThat(scores.get(at++).value()).isEqualTo(cell.across());
                            if (cell.l2() != null) {
                                assertThat(scores.get(at++).value()).isEqualTo(cell.l2());
                            }
                        }
                    }
                }
            }
            assertThat(scores).hasSize(at);
        }
    }

    /** The values of single images, and with them the bootstrap, are the same bits; means differ by rounding at most. */
    @Test
    void theSameAveragesAndDifferences() {
        QuickstartOptions options =
                QuickstartOptions.quick(WordWorld.CLASSES, WordWorld.DIM).withDraws(3, 2);
        Probes old = Probes.of(data, OLD, options);
        FewShot measurement = FewShot.averaged(options.shots(), List.of(0L, 1L, 2L), ProbeOptions.OFFICIAL);
        Results results = new Trial(subject(), measurement).results();

        List<List<List<double[]>>> byMethod = NEW.stream()
                .map(method -> MEASURES.stream()
                        .map(measure -> results.images().stream()
                                .filter(each -> each.measure().equals(measure)
                                        && each.condition().matches(method.condition()))
                                .sorted((a, b) -> Integer.compare(index(a), index(b)))
                                .map(ImageValues::values)
                                .toList())
                        .toList())
                .toList();
        PairedAnswers paired = PairedAnswers.of(List.of("CLIP", "CLAP", "CLAP"), byMethod);
        assertThat(paired.right())
                .usingRecursiveComparison()
                .isEqualTo(old.paired().right());
        assertThat(paired.othersAgainstFirst(Probes.FIGURES, 0))
                .isEqualTo(old.paired().othersAgainstFirst(Probes.FIGURES, 0));
        List<java.util.function.ToDoubleFunction<FewShotResult>> means =
                List.of(FewShotResult::withinMean, FewShotResult::othersMean, FewShotResult::acrossMean);
        for (int m = 0; m < 3; m++) {
            Measure measure = MEASURES.get(m);
            for (int method = 0; method < 3; method++) {
                Condition condition = NEW.get(method).condition();
                double mean = results.scores().stream()
                        .filter(score -> score.measure().equals(measure)
                                && score.condition().matches(condition))
                        .mapToDouble(Score::value)
                        .average()
                        .orElseThrow();
                assertThat(mean).isCloseTo(old.means(means.get(m)).get(method), within(1e-10));
            }
        }
    }

    private int index(ImageValues values) {
        return subject().domain(values.condition());
    }

    @Test
    void theSameVariances() {
        Function<Path, String> type = file -> file.getFileName().toString().substring(0, 1);
        List<Score> scores =
                new Trial(subject(), new VarianceShares(type)).results().scores();

        int[] labels = dataset.domains().stream()
                .flatMapToInt(domain -> IntStream.of(domain.labels()))
                .toArray();
        int[] types = dataset.files().stream()
                .mapToInt(file -> Integer.parseInt(type.apply(file)))
                .toArray();
        for (int m = 0; m < 3; m++) {
            FeatureMatrix all = FeatureMatrix.concat(data.mapped(OLD.get(m)::apply));
            assertThat(scores.get(2 * m).value()).isEqualTo(100 * VarianceShare.of(all, labels));
            assertThat(scores.get(2 * m + 1).value()).isEqualTo(100 * VarianceShare.of(all, types));
        }
        assertThat(Arrays.stream(types).distinct().count()).isEqualTo(4);
    }
}
