package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Classifier;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembly on Spark as a distribution has it: a driver and two executors, each a process of its own. */
@Tag("cluster")
class ClusterTests {
    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    void labelsAndFeaturesAreThoseOfTheLibrary() throws Exception {
        assertThat(finish(submit("whole"))).isZero();
        assertThat(folder.resolve("whole.lost")).hasContent("0");
        assertThatRowsAreThoseOfTheLibrary("whole");
    }

    @Test
    void aKilledExecutorChangesNothing() throws Exception {
        Process spark = submit("killed");
        while (spark.isAlive() && !hasPart("killed")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        ProcessHandle executor = spark.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .orElseThrow();
        assertThat(executor.destroyForcibly()).isTrue();
        assertThat(finish(spark)).isZero();
        assertThat(folder.resolve("killed.lost")).hasContent("1");
        assertThatRowsAreThoseOfTheLibrary("killed");
    }

    private boolean hasPart(String name) throws IOException {
        Path output = folder.resolve(name);
        if (!Files.isDirectory(output)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(output)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("task_"));
        }
    }

    private Process submit(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SparkDistribution.submit().toString(),
                "--master",
                "local-cluster[2,1,2048]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1",
                "--driver-java-options",
                "-XX:TieredStopAtLevel=1",
                "--jars",
                System.getProperty("clap4j.spark.assembly"),
                "--class",
                LabelPictures.class.getName(),
                System.getProperty("clap4j.spark.application"),
                Pictures.folder().toString(),
                folder.resolve(name).toString(),
                folder.resolve(name + ".lost").toString()));
        command.addAll(Pictures.classes());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .directory(folder.toFile());
        SparkDistribution.enter(builder.environment());
        return builder.start();
    }

    /** Waits for the end; ends it if that does not come. */
    private static int finish(Process spark) throws InterruptedException {
        if (!spark.waitFor(2, TimeUnit.MINUTES)) {
            spark.descendants().forEach(ProcessHandle::destroyForcibly);
            spark.destroyForcibly();
        }
        return spark.waitFor();
    }

    private void assertThatRowsAreThoseOfTheLibrary(String name) {
        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(folder.resolve(name).toString())
                .collectAsList();
        assertThat(rows)
                .extracting(row -> row.getString(0))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(Pictures.files());
        try (Clip clip = Clip.mini()) {
            Classifier classifier = clip.classifier(Pictures.classes());
            for (Row row : rows) {
                Image file = Image.of(Path.of(URI.create(row.getAs("path"))));
                assertThat(row.<String>getAs("label"))
                        .isEqualTo(classifier.classify(file).best().className());
                List<Float> features = row.getList(row.fieldIndex("features"));
                float[] expected = clip.embed(file).row(0);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(features.get(i)).isCloseTo(expected[i], within(1e-6f));
                }
            }
        }
    }
}
