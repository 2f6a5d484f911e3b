package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Classification;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import dev.clap4j.head.Head;
import dev.clap4j.prompt.ClassPrompts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClapImagesTests {
    private static final List<String> TEMPLATES = List.of("a picture of a {class}", "a {class}");

    @TempDir
    private static Path folder;

    private static ClapImages images() {
        return ClapImages.mini().withClasses(Pictures.classes(), TEMPLATES).features(true);
    }

    @Test
    void labelsAndFeaturesAreThoseOfTheLibrary() {
        List<Row> rows = images().transform(LocalSpark.pictures()).collectAsList();
        assertThat(rows).hasSameSizeAs(Pictures.files());
        try (Clip clip = Clip.mini()) {
            var classifier = clip.classifier(
                    ClassPrompts.of(Pictures.classes()).withTemplates(TEMPLATES.toArray(String[]::new)));
            for (Row row : rows) {
                Image file = Image.of(Path.of(URI.create(row.getAs("path"))));
                Classification expected = classifier.classify(file);
                assertThat((String) row.getAs("label"))
                        .isEqualTo(expected.best().className());
                assertThat((Float) row.getAs("score")).isCloseTo(expected.best().score(), within(1e-6f));
                assertThat((Float) row.getAs("probability"))
                        .isCloseTo(expected.best().probability(), within(1e-5f));
                List<Float> scores = row.getList(row.fieldIndex("scores"));
                expected.predictions().forEach(prediction -> assertThat(
                                scores.get(Pictures.classes().indexOf(prediction.className())))
                        .isCloseTo(prediction.score(), within(1e-6f)));
                assertClose(
                        row.getList(row.fieldIndex("features")),
                        clip.embed(file).row(0));
                assertThat(row.isNullAt(row.fieldIndex("error"))).isTrue();
            }
        }
    }

    private static void assertClose(List<? extends Number> features, float[] expected) {
        assertThat(features).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(features.get(i).floatValue()).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @Test
    void otherColumnsStayAndBytesGo() {
        assertThat(images().transform(LocalSpark.pictures()).columns())
                .containsExactly(
                        "path",
                        "modificationTime",
                        "length",
                        "label",
                        "score",
                        "probability",
                        "scores",
                        "features",
                        "error");
        ClapImages all = images().with(images().keepImage(), true);
        assertThat(all.transform(LocalSpark.pictures()).columns()).contains("content");
    }

    @Test
    void columnsAreAsPromisedWithWhatIsKnownOfThem() {
        Metadata known = new MetadataBuilder().putString("unit", "bytes").build();
        Dataset<Row> pictures = LocalSpark.pictures();
        Dataset<Row> described =
                pictures.withColumn("a.size", pictures.col("length").as("a.size", known));
        StructType schema = images().transform(described).schema();
        assertThat(schema.apply("a.size").metadata()).isEqualTo(known);
        assertThat(schema.apply("scores").metadata().getStringArray("classes"))
                .containsExactly(Pictures.classes().toArray(String[]::new));
        assertThat(schema).isEqualTo(images().transformSchema(described.schema()));
    }

    @Test
    void withoutClassesThereAreOnlyFeatures() {
        Row row = ClapImages.mini().transform(LocalSpark.pictures()).first();
        assertThat(row.schema().fieldNames())
                .containsExactly("path", "modificationTime", "length", "features", "error");
    }

    @Test
    void badPicturesAreRowsWithAnErrorInTheirPlace() throws IOException {
        byte[] good = Files.readAllBytes(Pictures.files().get(0));
        byte[] cut = Arrays.copyOf(good, good.length / 2);
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
        List<String> paths = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            paths.add("good " + i);
            contents.add(good);
            paths.add("bad " + i);
            contents.add(List.of(cut, text, new byte[0]).get(i % 3));
        }
        for (int i = 0; i < 600; i++) {
            paths.add("bad " + i);
            contents.add(text);
        }
        paths.add("none");
        contents.add(null);
        List<Row> rows =
                images().transform(LocalSpark.pictures(paths, contents)).collectAsList();
        assertThat(rows).extracting(row -> row.getString(0)).isEqualTo(paths);
        for (Row row : rows) {
            boolean isGood = row.getString(0).startsWith("good");
            assertThat(row.isNullAt(row.fieldIndex("error"))).isEqualTo(isGood);
            assertThat(row.isNullAt(row.fieldIndex("label"))).isNotEqualTo(isGood);
            assertThat(row.isNullAt(row.fieldIndex("features"))).isNotEqualTo(isGood);
        }
        assertThat(rows.get(3).<String>getAs("error")).startsWith("Cannot decode bad 1: it should be a JPEG");
        assertThat(rows.get(800).<String>getAs("error")).isEqualTo("Cannot decode none: there are no bytes");
    }

    @Test
    void fewRowsNeedFewPictures() {
        assertThat(images().transform(LocalSpark.pictures()).limit(3).collectAsList())
                .hasSize(3);
    }

    @Test
    void featuresMayBeVectors() {
        Row row = ClapImages.mini()
                .withVectors(true)
                .transform(LocalSpark.pictures())
                .first();
        Vector vector = row.getAs("features");
        try (Clip clip = Clip.mini()) {
            float[] expected =
                    clip.embed(Image.of(Path.of(URI.create(row.getAs("path"))))).row(0);
            for (int i = 0; i < expected.length; i++) {
                assertThat((float) vector.apply(i)).isCloseTo(expected[i], within(1e-6f));
            }
        }
    }

    @Test
    void isSavedAndLoadedAlsoAsPartOfAPipeline() throws IOException {
        String own = folder.resolve("images").toString();
        images().write().overwrite().save(own);
        ClapImages loaded = ClapImages.load(own);
        assertThat(loaded.uid()).startsWith("ClapImages");
        assertThat(labels(loaded.transform(LocalSpark.pictures())))
                .isEqualTo(labels(images().transform(LocalSpark.pictures())));

        String piped = folder.resolve("pipeline").toString();
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {images()}).fit(LocalSpark.pictures());
        pipeline.write().overwrite().save(piped);
        assertThat(labels(PipelineModel.load(piped).transform(LocalSpark.pictures())))
                .isEqualTo(labels(images().transform(LocalSpark.pictures())));
    }

    @Test
    void aHeadIsAppliedAndSavedWithItsTransformer() throws IOException {
        Path model = TinyClip.write(folder);
        Head head = TinyClip.head(3);
        ClapImages headed =
                ClapImages.of(model).withHead(head).withClasses("dog", "bird").features(true);
        try (Clip plain = Clip.load(model);
                Clip clip = plain.with(head);
                Clip weighted = plain.with(head, 0.25f)) {
            assertThatFeaturesAreThose(headed, clip);
            assertThatFeaturesAreThose(headed.withAlpha(0.25), weighted);
            String saved = folder.resolve("headed").toString();
            headed.write().overwrite().save(saved);
            assertThatFeaturesAreThose(ClapImages.load(saved), clip);
        }
    }

    private static void assertThatFeaturesAreThose(ClapImages images, Clip clip) {
        var classifier = clip.classifier("dog", "bird");
        for (Row row : images.transform(LocalSpark.pictures().limit(5)).collectAsList()) {
            Image file = Image.of(Path.of(URI.create(row.getAs("path"))));
            assertClose(
                    row.getList(row.fieldIndex("features")), clip.embed(file).row(0));
            assertThat((Float) row.getAs("score"))
                    .isCloseTo(classifier.classify(file).best().score(), within(1e-6f));
        }
    }

    @Test
    void aModelMayBeAmongTheFilesOfSpark() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path model = Files.move(TinyClip.write(other), other.resolve("tiny-clip-of-spark"));
        LocalSpark.session().sparkContext().addFile(model.toString(), true);
        Row row = ClapImages.of("tiny-clip-of-spark")
                .transform(LocalSpark.pictures())
                .first();
        assertThat(row.getList(row.fieldIndex("features"))).hasSize(TinyClip.DIMENSION);
    }

    @Test
    void aHeadOfAnotherModelIsRefusedByTheDriver() {
        assertThatThrownBy(() -> ClapImages.mini()
                        .withHead(TinyClip.head(1))
                        .withClasses("dog")
                        .transform(LocalSpark.pictures()))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("takes features of dimension 64");
    }

    @Test
    void ownPromptsAreThoseOfTheLibrary() {
        ClassPrompts prompts =
                ClassPrompts.of(Map.of("dog", List.of("a puppy", "a hound"), "cat", List.of("a kitten")));
        Row row = ClapImages.mini()
                .withClasses(prompts)
                .transform(LocalSpark.pictures())
                .first();
        try (Clip clip = Clip.mini()) {
            assertThat((Float) row.getAs("score"))
                    .isCloseTo(
                            clip.classifier(prompts)
                                    .classify(Image.of(Path.of(URI.create(row.getAs("path")))))
                                    .best()
                                    .score(),
                            within(1e-6f));
        }
    }

    private static List<String> labels(Dataset<Row> rows) {
        return rows.select("path", "label").sort("path").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    @Test
    void copiesKeepParametersAndLeaveTheOriginalAlone() {
        ClapImages original = images();
        ClapImages copy = original.withClasses("dog").copy(ParamMap.empty());
        assertThat(copy.getOrDefault(copy.classes())).containsExactly("dog");
        assertThat(copy.isDefined(copy.templates())).isFalse();
        assertThat(original.getOrDefault(original.classes()))
                .containsExactly(Pictures.classes().toArray(String[]::new));
        assertThat(original.isDefined(original.templates())).isTrue();
    }

    @Test
    void columnsAreChecked() {
        Dataset<Row> pictures = LocalSpark.pictures();
        assertThatThrownBy(() -> images().transform(pictures.drop("content")))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no column content; the columns are path, modificationTime, length");
        assertThatThrownBy(() -> images().withImageCol("path").transform(pictures))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("should be of type BINARY, but is of type STRING");
        assertThatThrownBy(() -> images().transform(pictures.withColumnRenamed("length", "label")))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The column label is there already");
    }

    @Test
    void aMissingModelIsNamed() {
        assertThatThrownBy(() -> new ClapImages().transform(LocalSpark.pictures()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("There is no model");
        assertThatThrownBy(() -> ClapImages.of(Path.of("/nowhere")).transform(LocalSpark.pictures()))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("/nowhere");
    }
}
