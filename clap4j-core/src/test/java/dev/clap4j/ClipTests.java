package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.Neighbour;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.export.ClipExport;
import dev.clap4j.internal.export.ExportOptions;
import dev.clap4j.internal.onnx.Operators;
import dev.clap4j.prompt.ClassPrompts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static List<Path> files;
    private static Clip clip;

    @BeforeAll
    static void load() throws IOException {
        model = TinyClip.write(folder);
        files = TinyClip.images(folder.resolve("images"), 40);
        clip = Clip.load(model);
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    @Test
    void imagesFromFilesBytesStreamsAndMemoryAreTheSame() throws IOException {
        byte[] bytes = Files.readAllBytes(files.get(3));
        FeatureMatrix expected = encoders(files.subList(3, 4)).withIds(List.of("three"));

        assertThat(clip.embed(Image.of(files.get(3)).named("three"))).isEqualTo(expected);
        assertThat(clip.embed(Image.of(bytes).named("three"))).isEqualTo(expected);
        assertThat(clip.embed(Image.of(new ByteArrayInputStream(bytes)).named("three")))
                .isEqualTo(expected);
        assertThat(clip.embed(Image.of(TinyClip.image(3)).named("three"))).isEqualTo(expected);
    }

    /** The reference: the encoders themselves. */
    private static FeatureMatrix encoders(List<Path> images) {
        try (ClipModel encoders = ClipModel.load(model)) {
            return encoders.images().encode(images);
        }
    }

    @Test
    void listsAndStreamsGiveTheSameFeatures() {
        FeatureMatrix expected = encoders(files);
        List<Image> images = files.stream().map(Image::of).toList();

        assertThat(clip.embed(images)).isEqualTo(expected);
        try (Stream<FeatureMatrix> batches = clip.embed(Image.find(folder.resolve("images")))) {
            assertThat(FeatureMatrix.concat(batches.toList())).isEqualTo(expected);
        }
    }

    @Test
    void anEndlessStreamIsReadOnlyAFewBatchesAhead() {
        List<Integer> asked = new ArrayList<>();
        Stream<Image> endless =
                Stream.iterate(0, i -> i + 1).peek(asked::add).map(i -> Image.of(files.get(i % files.size())));
        try (Stream<FeatureMatrix> batches = clip.embed(endless)) {
            assertThat(batches.limit(2).toList()).hasSize(2);
        }
        assertThat(asked).hasSizeLessThan(100);
    }

    @Test
    void unreadableImagesAreReportedOrEndTheStream() throws IOException {
        Path broken = folder.resolve("broken.png");
        Files.writeString(broken, "no image");
        List<Image> images =
                Stream.of(files.get(0), broken, files.get(1)).map(Image::of).toList();

        Map<String, String> reported = new LinkedHashMap<>();
        try (Stream<FeatureMatrix> batches =
                clip.embed(images.stream(), (image, e) -> reported.put(image.id(), e.getMessage()))) {
            assertThat(FeatureMatrix.concat(batches.toList()).ids())
                    .containsExactly(files.get(0).toString(), files.get(1).toString());
        }
        assertThat(reported).containsOnlyKeys(broken.toString());
        assertThat(reported.get(broken.toString())).startsWith("Cannot decode " + broken);

        try (Stream<FeatureMatrix> batches = clip.embed(images.stream())) {
            assertThatThrownBy(batches::toList)
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith("Cannot decode " + broken);
        }
        assertThatThrownBy(() -> clip.embed(images)).hasMessageStartingWith("Cannot decode " + broken);
        assertThatThrownBy(() -> clip.embed(Image.of(new byte[] {1, 2, 3}).named("upload 7")))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot decode upload 7");
    }

    @Test
    void classifiesByCosine() {
        Classifier classifier = clip.classifier("dog", "cat", "bird");
        Image image = Image.of(files.get(5));
        Classification classification = classifier.classify(image);

        float[] cosines = clip.embed(image)
                .similarity(clip.embedTexts("a photo of a dog", "a photo of a cat", "a photo of a bird"))[0];
        assertThat(classification.image()).isEqualTo(files.get(5).toString());
        assertThat(classification.predictions()).hasSize(3);
        for (Prediction prediction : classification.predictions()) {
            int number = classifier.classes().indexOf(prediction.className());
            assertThat(prediction.score()).isCloseTo(cosines[number], within(1e-6f));
        }
        assertThat(classification.best()).isEqualTo(classification.top(1).get(0));
        assertThat(classification.best().score())
                .isEqualTo(Math.max(cosines[0], Math.max(cosines[1], cosines[2])), within(1e-6f));
        assertThat(classification.probability("dog")
                        + classification.probability("cat")
                        + classification.probability("bird"))
                .isCloseTo(1, within(1e-6f));
        assertThatThrownBy(() -> classification.probability("horse"))
                .isInstanceOf(ClapException.class)
                .hasMessage("\"horse\" is not one of the classes");
        try (Stream<Classification> all = classifier.classify(files.stream().map(Image::of))) {
            assertThat(all.skip(5).findFirst()).contains(classification);
        }
    }

    @Test
    void promptsOfAClassAreAveraged() {
        Classifier templates = clip.classifier(
                ClassPrompts.of("dog", "cat").withTemplates("a photo of a {class}", "a sketch of a {class}"));
        Classifier own = clip.classifier(ClassPrompts.of(Map.of(
                "dog", List.of("a photo of a dog", "a sketch of a dog"),
                "cat", List.of("a photo of a cat", "a sketch of a cat"))));
        FeatureMatrix dog = FeatureMatrix.ensemble(
                List.of(clip.embedTexts("a photo of a dog"), clip.embedTexts("a sketch of a dog")));
        Image image = Image.of(files.get(9));
        float expected = clip.embed(image).similarity(dog)[0][0];

        for (Classifier classifier : List.of(templates, own)) {
            float score = classifier.classify(image).predictions().stream()
                    .filter(prediction -> prediction.className().equals("dog"))
                    .findFirst()
                    .orElseThrow()
                    .score();
            assertThat(score).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void refusesClassesThatCannotBeTold() {
        assertThatThrownBy(() -> clip.classifier()).hasMessage("There should be at least one class");
        assertThatThrownBy(() -> clip.classifier("dog", "dog")).hasMessage("The class \"dog\" is given twice");
        assertThatThrownBy(() -> clip.classifier("dog", " ")).hasMessage("A class has an empty name");
        assertThatThrownBy(() -> clip.classifier(ClassPrompts.of(Map.of("dog", List.of()))))
                .hasMessage("The class \"dog\" should have prompts, none of them empty");
        assertThatThrownBy(() -> clip.embed(List.of())).hasMessage("There are no images to encode");
        assertThatThrownBy(() -> clip.embedTexts()).hasMessage("There are no texts to encode");
    }

    @Test
    void findsTheNearestImages() {
        List<Image> images = files.stream().map(Image::of).toList();
        FeatureMatrix gallery = clip.embed(images);
        List<List<Neighbour>> nearest = gallery.nearest(gallery.select(7, 11), 3);

        assertThat(nearest).hasSize(2);
        assertThat(nearest.get(0).get(0).row()).isEqualTo(7);
        assertThat(nearest.get(1).get(0).id()).isEqualTo(files.get(11).toString());
        assertThat(nearest.get(0).get(0).similarity()).isCloseTo(1, within(1e-5f));
    }

    @Test
    void aHeadIsAppliedAfterBothEncoders() {
        Head head = TinyClip.head(1);
        FeatureMatrix images = clip.embed(Image.of(files.get(2)));
        FeatureMatrix texts = clip.embedTexts("a dog");
        try (Clip robust = clip.with(head);
                Clip weak = clip.with(head, 0)) {
            assertThat(robust.embed(Image.of(files.get(2)))).isEqualTo(head.apply(images, 0.5f));
            assertThat(robust.embedTexts("a dog")).isEqualTo(head.apply(texts, 0.5f));
            assertThat(robust.head()).contains(head);
            assertThat(robust.dimension()).isEqualTo(TinyClip.DIMENSION);
            assertThat(weak.embedTexts("a dog")).isEqualTo(texts);
            assertThat(robust.toString()).isEqualTo("tiny-clip with a head, alpha 0.5");
        }
        assertThat(clip.head()).isEmpty();
    }

    @Test
    void theEncodersLiveAsLongAsAnyModelThatSharesThem() {
        Clip first = Clip.load(model);
        Clip robust = first.with(TinyClip.head(1));
        Classifier classifier = first.classifier("dog", "cat");
        first.close();
        first.close();

        assertThat(robust.embedTexts("a dog").rows()).isEqualTo(1);
        assertThatThrownBy(() -> classifier.classify(Image.of(files.get(0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The model is closed");
        assertThatThrownBy(() -> first.with(TinyClip.head(2))).isInstanceOf(IllegalStateException.class);
        robust.close();
        assertThatThrownBy(() -> robust.embedTexts("a dog")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void longTextsAreAnErrorUnlessTheyAreToBeTruncated() {
        String text = "a dog ".repeat(100);
        assertThatThrownBy(() -> clip.embedTexts(text)).isInstanceOf(ClapException.class);
        try (Clip truncating = Clip.load(model, ClipOptions.defaults().withTruncateTexts(true))) {
            assertThat(truncating.embedTexts(text).rows()).isEqualTo(1);
        }
    }

    @Test
    void largeImagesAreRefusedBeforeTheyAreDecoded() {
        try (Clip careful = Clip.load(model, ClipOptions.defaults().withMaxPixels(1000))) {
            assertThatThrownBy(() -> careful.embed(Image.of(files.get(0))))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("48×40 pixels, the limit is 1000");
        }
        assertThatThrownBy(() -> ClipOptions.defaults().withMaxPixels(0)).isInstanceOf(ClapException.class);
    }

    @Test
    void exportsWithTheHead() {
        try (Clip robust = clip.with(TinyClip.head(1))) {
            List<Path> written = robust.export(folder.resolve("onnx"), List.of("dog", "cat"));
            assertThat(written)
                    .extracting(file -> file.getFileName().toString())
                    .contains("image.onnx", "text.onnx", "classifier.onnx");
            assertThat(written).allMatch(Files::isRegularFile);
        }
    }

    @Test
    void anExportWithoutClassesRemovesTheClassifierOfAnotherModel() throws IOException {
        Path onnx = folder.resolve("stale");
        clip.export(onnx, List.of("dog", "cat"));
        Checkpoint checkpoint = Checkpoint.open(model);
        ClipExport.of(
                        checkpoint,
                        Optional.empty(),
                        0,
                        new ExportOptions(Precision.FP32, Operators.STANDARD, true, false))
                .all(onnx, Optional.empty(), Progress.NONE);
        assertThat(onnx.resolve("image.onnx")).exists();
        assertThat(onnx.resolve("classifier.onnx")).doesNotExist();
    }

    @Test
    void iteratorsThatAreNeverClosedKeepNoThreads() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            assertThat(clip.embed(Stream.of(Image.of(files.get(0)))).findFirst())
                    .isPresent();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (imageThreads() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertThat(imageThreads()).isZero();
    }

    private static long imageThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("clap4j-images"))
                .count();
    }

    @Test
    void theMiniClipIsNotPartOfThisModule() {
        assertThatThrownBy(Clip::mini).isInstanceOf(ClapException.class).hasMessageContaining("clap4j-mini");
    }
}
