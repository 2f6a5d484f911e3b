package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Classification;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import dev.clap4j.head.Head;
import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.spark.LocalSpark;
import dev.clap4j.spark.Pictures;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link EmbedImages} and {@link ClassifyImages}. */
class ImageJobsTests {
    @TempDir
    private Path folder;

    private static List<Row> rows(Path out) {
        return LocalSpark.session().read().parquet(out.toString()).collectAsList();
    }

    private static Path file(Row row) {
        return Path.of(URI.create(row.getAs("path")));
    }

    private static void assertThatFeaturesAre(Row row, float[] expected) {
        List<Float> features = row.getList(row.fieldIndex("features"));
        assertThat(features).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(features.get(i)).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void featuresAreThoseOfTheLibrary() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("in"));
        Path good = Files.copy(Pictures.files().get(0), pictures.resolve("good.PNG"));
        Files.writeString(pictures.resolve("bad.png"), "no picture");
        Files.writeString(pictures.resolve("notes.txt"), "no picture");
        Path out = folder.resolve("out");
        JobRun run = JobRun.of(
                new EmbedImages(), "--images", pictures, Pictures.files().get(1), "--normalise", "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("3 pictures → ").contains("1 of them cannot be decoded");
        List<Row> rows = rows(out);
        assertThat(rows).hasSize(3);
        try (Clip clip = Clip.mini()) {
            for (Row row : rows) {
                assertThat(row.schema().fieldNames()).containsExactly("path", "features", "error");
                boolean bad = file(row).endsWith("bad.png");
                assertThat(row.isNullAt(1)).isEqualTo(bad);
                if (bad) {
                    assertThat(row.getString(2)).contains("bad.png");
                } else {
                    assertThatFeaturesAre(
                            row, clip.embed(Image.of(file(row))).normalised().row(0));
                }
            }
        }
        assertThat(rows).anyMatch(row -> file(row).equals(good.toAbsolutePath()));
    }

    @Test
    void labelsAreThoseOfTheLibraryWithAHead() throws IOException {
        Path model = TinyClip.write(folder);
        Head head = TinyClip.head(3);
        Path file = folder.resolve("head.safetensors");
        head.save(file);
        Path out = folder.resolve("out");
        JobRun run = JobRun.of(
                new ClassifyImages(),
                "--model",
                model,
                "--head",
                file,
                "--alpha",
                "0.25",
                "--classes",
                "dog,bird",
                "--template",
                "a photo of a {class}",
                "--template",
                "a {class}",
                "--features",
                "--out",
                out,
                Pictures.folder());
        assertThat(run.code()).as(run.err()).isZero();
        List<Row> rows = rows(out);
        assertThat(rows).hasSameSizeAs(Pictures.files());
        try (Clip plain = Clip.load(model);
                Clip clip = plain.with(head, 0.25f)) {
            var classifier =
                    clip.classifier(ClassPrompts.of("dog", "bird").withTemplates("a photo of a {class}", "a {class}"));
            for (Row row : rows) {
                Classification expected = classifier.classify(Image.of(file(row)));
                assertThat(row.<String>getAs("label")).isEqualTo(expected.best().className());
                assertThat(row.<Float>getAs("score")).isCloseTo(expected.best().score(), within(1e-6f));
                assertThatFeaturesAre(row, clip.embed(Image.of(file(row))).row(0));
            }
        }
    }

    @Test
    void picturesMayBeInATableWhoseOtherColumnsStay() {
        Path table = folder.resolve("table");
        LocalSpark.pictures()
                .withColumnRenamed("content", "image")
                .withColumnRenamed("path", "address")
                .limit(3)
                .write()
                .parquet(table.toString());
        Path out = folder.resolve("out");
        JobRun run = JobRun.of(new ClassifyImages(), table, "--column", "image", "--classes", "dog,cat", "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(rows(out)).hasSize(3).allMatch(row -> row.isNullAt(row.fieldIndex("error")));
        assertThat(rows(out).get(0).schema().fieldNames())
                .startsWith("address", "modificationTime", "length", "label")
                .doesNotContain("image");
        JobRun missing =
                JobRun.of(new EmbedImages(), "--images", table, "--column", "picture", "--out", folder.resolve("x"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no column picture").hasLineCount(1);
    }

    @Test
    void anExistingFolderIsReplacedOrAddedToIfWished() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("in"));
        Files.copy(Pictures.files().get(0), pictures.resolve("a.png"));
        Path out = folder.resolve("out");
        assertThat(JobRun.of(new EmbedImages(), "--images", pictures, "--out", out)
                        .code())
                .isZero();
        JobRun refused = JobRun.of(new EmbedImages(), "--images", pictures, "--out", out);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("exists already", "--mode overwrite").hasLineCount(1);
        JobRun added = JobRun.of(new EmbedImages(), "--images", pictures, "--out", out, "--mode", "append");
        assertThat(added.out()).startsWith("1 pictures");
        assertThat(rows(out)).hasSize(2);
        JobRun replaced = JobRun.of(new EmbedImages(), "--images", pictures, "--out", out, "--mode", "overwrite");
        assertThat(replaced.code()).isZero();
        assertThat(rows(out)).hasSize(1);
        JobRun suicidal = JobRun.of(new EmbedImages(), "--images", pictures, "--out", folder, "--mode", "overwrite");
        assertThat(suicidal.code()).isEqualTo(1);
        assertThat(suicidal.err()).contains("would delete").hasLineCount(1);
        assertThat(pictures.resolve("a.png")).exists();
    }

    @Test
    void mistakesAreOneSentence() throws IOException {
        Path out = folder.resolve("out");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatFails(2, "--classes", new ClassifyImages(), Pictures.folder(), "--out", out);
        assertThatFails(2, "named twice", new ClassifyImages(), Pictures.folder(), "--classes", "a,a", "--out", out);
        assertThatFails(
                2,
                "{class}",
                new ClassifyImages(),
                Pictures.folder(),
                "--classes",
                "a",
                "--template",
                "x",
                "--out",
                out);
        assertThatFails(
                2,
                "should be a number",
                new EmbedImages(),
                "--images",
                Pictures.folder(),
                "--alpha",
                "x",
                "--out",
                out);
        assertThatFails(2, "--head", new EmbedImages(), "--images", Pictures.folder(), "--alpha", "0.1", "--out", out);
        assertThatFails(
                2, "or int8", new EmbedImages(), "--images", Pictures.folder(), "--precision", "x", "--out", out);
        assertThatFails(
                1,
                "fp16 runs on GPUs only",
                new EmbedImages(),
                "--images",
                Pictures.folder(),
                "--precision",
                "fp16",
                "--out",
                out);
        assertThatFails(1, "There are no images", new EmbedImages(), "--images", empty, "--out", out);
        assertThatFails(
                1, "no-such", new EmbedImages(), "--images", Pictures.folder(), "--model", "./no-such", "--out", out);
        assertThatFails(
                1, "no-head", new EmbedImages(), "--images", Pictures.folder(), "--head", "no-head", "--out", out);
        assertThat(out).doesNotExist();
    }

    private static void assertThatFails(int code, String word, Runnable job, Object... arguments) {
        JobRun run = JobRun.of(job, arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(word).hasLineCount(code);
    }
}
