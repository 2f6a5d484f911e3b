package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Classifier;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembly on Spark as a distribution has it: a driver and two executors, each a process of its own. */
@Tag("cluster")
class ClusterTests {
    /** Tasks that read pictures and hand them out, before the first that encodes some. */
    private static final int READING = 2;

    @TempDir
    private Path folder;

    private Path out;
    private Path lost;

    @BeforeEach
    void nameOutputs() {
        out = folder.resolve("out");
        lost = folder.resolve("lost");
    }

    @Test
    @Tag("slow")
    void labelsAndFeaturesAreThoseOfTheLibrary() throws Exception {
        try (ClusterApplication application = submit()) {
            application.awaitEnd();
        }
        assertThat(lost).hasContent("0");
        assertThatRowsAreThoseOfTheLibrary();
    }

    @Test
    void aKilledExecutorChangesNothing() throws Exception {
        try (ClusterApplication application = submit()) {
            application.killAnExecutorAfter(READING + 1);
            application.awaitEnd();
        }
        assertThat(lost).hasContent("1");
        assertThatRowsAreThoseOfTheLibrary();
    }

    private ClusterApplication submit() throws IOException {
        List<Object> words = new ArrayList<>(List.of(
                "--jars",
                System.getProperty("clap4j.spark.assembly"),
                "--class",
                LabelPictures.class.getName(),
                System.getProperty("clap4j.spark.application"),
                Pictures.folder(),
                out,
                lost));
        words.addAll(Pictures.classes());
        return ClusterApplication.submit(folder, words.toArray());
    }

    private void assertThatRowsAreThoseOfTheLibrary() {
        List<Row> rows = LocalSpark.session().read().parquet(out.toString()).collectAsList();
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
