package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Progress;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.tsne.TsneProtocol;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Results;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature maps are what the protocol before them made, bit for bit. */
class FeatureMapBeforeTests {
    @TempDir
    private Path folder;

    @Test
    void scoresAndFilesAreEqual() {
        EncodedDataset data = FeatureMapTests.data(90);
        Path before = folder.resolve("before");
        TsneReport report = new TsneProtocol(data, FeatureMapTests.OPTIONS, before)
                .run(
                        List.of(
                                dev.clap4j.evaluation.Method.CLIP,
                                dev.clap4j.evaluation.Method.clap(FeatureMapTests::tidied, 0.5f)),
                        Progress.NONE);
        Path now = folder.resolve("now");
        Results results = FeatureMapTests.run(now, data, FeatureMapTests.OPTIONS, Condition.NONE, Progress.NONE);
        report.domains().forEach(domain -> {
            for (TsneResult result : domain.methods()) {
                String method = result.alpha() == null ? "CLIP" : "CLAP";
                assertThat(FeatureMap.MEASURES.stream()
                                .map(measure -> FeatureMapTests.value(results, measure, method, domain.domain())))
                        .containsExactly(
                                result.features().silhouette(),
                                result.features().daviesBouldin(),
                                result.map().silhouette(),
                                result.map().daviesBouldin(),
                                result.divergence(),
                                result.trustworthiness());
            }
            for (String kind : List.of(".png", ".svg", ".csv")) {
                assertThat(now.resolve(domain.domain() + kind))
                        .hasSameBinaryContentAs(before.resolve(domain.domain() + kind));
            }
        });
    }
}
