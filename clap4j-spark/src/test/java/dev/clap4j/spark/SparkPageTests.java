package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the page on Spark, run as they stand there, on what they name: {@code shop.jar}, {@code pictures}, a
 * downloaded model and {@code clip.tar.gz}. Only {@link #PLACEHOLDERS} are filled.
 */
@Tag("cluster")
class SparkPageTests {
    private static final Path ASSEMBLY = Path.of(System.getProperty("clap4j.spark.assembly"));
    private static final String MODEL = "openai/clip-vit-base-patch16";
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** The cluster of the reader, and the version. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "spark://host:7077",
            "local-cluster[2,1,1024]",
            "VERSION",
            ASSEMBLY.getFileName().toString().replaceAll("clap4j-spark-(.*)-assembly.jar", "$1"));

    /** An indented command of the program that the page shows, with the lines that continue it. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ +(spark-submit (?:.*\\\\\n)*.*--class shop\\.LabelPictures(?:.*\\\\\n)*.*)$");

    @TempDir
    private Path folder;

    private Path model;

    private static List<String> commands() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "spark.md"));
        return COMMAND.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @BeforeEach
    void layOut() throws Exception {
        Path cached = folder.resolve("hub/models--" + MODEL.replace("/", "--"));
        Files.createDirectories(cached.resolve("snapshots"));
        Files.createDirectories(cached.resolve("refs"));
        Files.writeString(cached.resolve("refs/main"), COMMIT);
        model = Files.move(TinyClip.write(folder), cached.resolve("snapshots").resolve(COMMIT));
        String application = System.getProperty("clap4j.spark.application");
        String files = "cp " + ASSEMBLY + " . && cp " + application + " shop.jar && cp -r " + Pictures.folder()
                + " pictures && tar czf clip.tar.gz -C " + model + " .";
        assertThat(run(files, "files")).isZero();
    }

    @Test
    void aModelIsFoundByName() throws Exception {
        assertThat(commands()).hasSize(2);
        assertThat(commands().get(0)).endsWith(MODEL);
        assertThatItLabels(commands().get(0));
    }

    @Test
    @Tag("slow")
    void aModelTravelsAsAnArchive() throws Exception {
        assertThat(commands().get(1)).contains("--archives");
        assertThatItLabels(commands().get(1));
    }

    private void assertThatItLabels(String command) throws Exception {
        String filled = command;
        for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
            filled = filled.replace(placeholder.getKey(), placeholder.getValue());
        }
        assertThat(run(filled, "spark"))
                .as(Files.readString(folder.resolve("spark.log")))
                .isZero();
        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(folder.resolve("labels").toString())
                .collectAsList();
        assertThat(rows).hasSameSizeAs(Pictures.files());
        try (Clip clip = Clip.load(model)) {
            for (Row row : rows) {
                assertThat(row.<String>getAs("error")).isNull();
                assertThat(row.<String>getAs("label")).isIn("dog", "cat");
                float[] expected = clip.embed(Image.of(Path.of(URI.create(row.getAs("path")))))
                        .row(0);
                List<Float> features = row.getList(row.fieldIndex("features"));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(features.get(i)).isCloseTo(expected[i], within(1e-6f));
                }
            }
        }
    }

    private int run(String command, String log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".log").toFile());
        SparkDistribution.enter(builder.environment());
        builder.environment().put("HF_HUB_CACHE", folder.resolve("hub").toString());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process.waitFor();
    }
}
