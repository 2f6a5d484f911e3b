package dev.clap4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.checkpoint.RandomCheckpoint;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.engine.Engine;
import dev.clap4j.engine.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.onnx.OrtEngine;
import dev.clap4j.tokenizer.Overflow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTests {
    @TempDir
    Path folder;

    private final List<Path> files = new ArrayList<>();
    private final List<String> encoded = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int progress;

    @BeforeEach
    void makeImages() throws IOException {
        for (int i = 0; i < 600; i++) {
            files.add(Files.writeString(folder.resolve(i + ".png"), "image " + i));
        }
    }

    private FeatureMatrix encode(List<Path> images, IntConsumer done) {
        done.accept(images.size());
        images.forEach(image -> encoded.add(image.getFileName().toString()));
        return FeatureMatrix.ofRows(
                images.stream().map(Path::toString).toList(),
                2,
                images.stream().map(FeatureCacheTests::feature).toList());
    }

    private static float[] feature(Path image) {
        return new float[] {Integer.parseInt(image.getFileName().toString().replace(".png", "")), 1};
    }

    private FeatureMatrix features(String fingerprint, List<Path> images) {
        encoded.clear();
        progress = 0;
        return new FeatureCache(folder.resolve("cache"), warnings::add)
                .encode(fingerprint, images, this::encode, n -> progress += n);
    }

    @Test
    void asksTheEncoderOnlyOnce() {
        FeatureMatrix first = features("model", files);
        assertThat(encoded).hasSize(600);
        assertThat(progress).isEqualTo(600);

        FeatureMatrix again = features("model", files);

        assertThat(encoded).isEmpty();
        assertThat(progress).isEqualTo(600);
        assertThat(again).isEqualTo(first);
        assertThat(again.ids().get(7)).isEqualTo(files.get(7).toString());
        assertThat(again.row(599)).containsExactly(599, 1);
    }

    /** Features in integers are nearly those in full precision, and must not be taken for them. */
    @Test
    void anotherPrecisionHasItsOwnFeatures() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("model"));
        Path image = folder.resolve("picture.png");
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        List<FeatureMatrix> features = new ArrayList<>();
        for (Precision precision : List.of(Precision.FP32, Precision.INT8, Precision.FP32)) {
            Engine engine = OrtEngine.create().withPrecision(precision);
            Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"));
            try (ClipModel clip = ClipModel.of(checkpoint, engine, Overflow.ERROR)) {
                features.add(cache.encode(clip, List.of(image), n -> {}));
            }
        }
        assertThat(features.get(1)).isNotEqualTo(features.get(0));
        assertThat(features.get(2)).isEqualTo(features.get(0));
    }

    @Test
    void anotherEncoderHasItsOwnFeatures() {
        features("model", files);
        features("another model", files.subList(0, 3));

        assertThat(encoded).containsExactly("0.png", "1.png", "2.png");
    }

    @Test
    void onlyNewAndChangedImagesAreEncoded() throws Exception {
        features("model", files.subList(0, 300));
        Files.setLastModifiedTime(files.get(5), FileTime.fromMillis(1_000_000_000_000L));

        FeatureMatrix all = features("model", files.subList(0, 302));

        assertThat(encoded).containsExactlyInAnyOrder("5.png", "300.png", "301.png");
        assertThat(IntStream.range(0, 302)).allMatch(i -> all.row(i)[0] == i);
    }

    @Test
    void aKilledRunGoesOnWhereItWas() {
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        List<Path> seen = new ArrayList<>();
        assertThatThrownBy(() -> cache.encode(
                        "model",
                        files,
                        (images, done) -> {
                            if (!seen.isEmpty()) {
                                throw new IllegalStateException("killed");
                            }
                            seen.addAll(images);
                            return encode(images, done);
                        },
                        n -> {}))
                .hasMessage("killed");
        assertThat(seen).isNotEmpty().hasSizeLessThan(600);

        features("model", files);

        assertThat(encoded).hasSize(600 - seen.size());
    }

    @Test
    void aDamagedChunkIsComputedAnew() throws Exception {
        FeatureMatrix whole = features("model", files.subList(0, 10));
        try (Stream<Path> chunks = Files.walk(folder.resolve("cache"))) {
            Path chunk = chunks.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(chunk, Arrays.copyOf(Files.readAllBytes(chunk), 100));
        }

        assertThat(features("model", files.subList(0, 10))).isEqualTo(whole);
        assertThat(encoded).hasSize(10);
        assertThat(warnings)
                .hasSize(1)
                .allMatch(w -> w.startsWith("Passed over damaged cached features; they are computed anew."));
        features("model", files.subList(0, 10));
        assertThat(encoded).isEmpty();
    }

    @Test
    void anImageGivenTwiceIsEncodedOnce() {
        FeatureMatrix both = features("model", List.of(files.get(3), files.get(3)));

        assertThat(encoded).containsExactly("3.png");
        assertThat(both.row(1)).isEqualTo(both.row(0));
    }

    @Test
    void missingImagesAreNamed() {
        assertThatThrownBy(() -> features("model", List.of(folder.resolve("gone.png"))))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot read the image " + folder.resolve("gone.png"));
    }
}
