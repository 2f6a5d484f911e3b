package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Classifier;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.spark.ClusterApplication;
import dev.clap4j.spark.LocalSpark;
import dev.clap4j.spark.Pictures;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in the assembly on two executors, one of which is killed while pictures are encoded. */
@Tag("cluster")
class JobClusterTests {
    /** Encoded pictures, each in a task of its own, after which an executor is killed. */
    private static final int BEFORE = 6;

    @TempDir
    private Path folder;

    @Test
    void featuresAreThoseOfTheLibrary() throws Exception {
        run(EmbedImages.class, BEFORE, "--images", Pictures.folder(), "--out", folder.resolve("out"));
        try (Clip clip = Clip.mini()) {
            for (Row row : rows()) {
                assertThatFeaturesAre(row, clip.embed(image(row)).row(0));
            }
        }
    }

    @Test
    void labelsAreThoseOfTheLibrary() throws Exception {
        run(
                ClassifyImages.class,
                BEFORE,
                Pictures.folder(),
                "--classes",
                String.join(",", Pictures.classes()),
                "--out",
                folder.resolve("out"));
        try (Clip clip = Clip.mini()) {
            Classifier classifier = clip.classifier(Pictures.classes());
            for (Row row : rows()) {
                var best = classifier.classify(image(row)).best();
                assertThat(row.<String>getAs("label")).isEqualTo(best.className());
                assertThat(row.<Float>getAs("score")).isCloseTo(best.score(), within(1e-6f));
            }
        }
    }

    @Test
    void scoresAreThoseOfTheCommandLine() throws Exception {
        Path head = folder.resolve("head.safetensors");
        ExpectedScores.saveHead(head);
        // Before pictures are encoded, a task for each lists its folders, and one more puts these together.
        run(
                EvaluateZeroShot.class,
                Pictures.files().size() + 1 + BEFORE,
                "--data",
                Pictures.folder(),
                "--head",
                head,
                "--noise-batch",
                "7",
                "--out",
                folder.resolve("out"));
        assertThat(Files.readAllLines(folder.resolve("out").resolve("scores.jsonl")))
                .isEqualTo(ExpectedScores.of(Pictures.folder(), Map.of("noise-batch", List.of("7")), head, 0.5f));
    }

    private List<Row> rows() {
        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(folder.resolve("out").toString())
                .collectAsList();
        assertThat(rows)
                .extracting(row -> row.<String>getAs("path"))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(Pictures.files());
        return rows;
    }

    private static Image image(Row row) {
        return Image.of(Path.of(URI.create(row.getAs("path"))));
    }

    private static void assertThatFeaturesAre(Row row, float[] expected) {
        List<Float> features = row.getList(row.fieldIndex("features"));
        assertThat(features).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(features.get(i)).isCloseTo(expected[i], within(1e-6f));
        }
    }

    /** Runs a job to its end, and kills an executor after some tasks. */
    private void run(Class<?> job, int tasks, Object... arguments) throws Exception {
        List<Object> words = new ArrayList<>(List.of(
                "--conf",
                "spark.sql.files.openCostInBytes=1m",
                "--conf",
                "spark.sql.files.maxPartitionBytes=1m",
                "--class",
                job.getName(),
                System.getProperty("clap4j.spark.assembly")));
        words.addAll(List.of(arguments));
        try (ClusterApplication application = ClusterApplication.submit(folder, words.toArray())) {
            application.killAnExecutorAfter(tasks);
            application.awaitEnd();
            assertThat(application.lines("Lost executor")).isPositive();
        }
    }
}
