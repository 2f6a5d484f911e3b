package dev.clap4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.Faults;
import dev.clap4j.Precision;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.Overflow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTests {
    @TempDir
    Path folder;

    private final List<Path> files = new ArrayList<>();
    private final List<String> encoded = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private ToldProgress progress = ToldProgress.patient();

    @BeforeEach
    void makeImages() throws IOException {
        for (int i = 0; i < 600; i++) {
            files.add(Files.writeString(folder.resolve(i + ".png"), "image " + i));
        }
    }

    private FeatureMatrix encode(List<Path> images, Steps steps) {
        steps.advance(images.size());
        images.forEach(image -> encoded.add(image.getFileName().toString()));
        return FeatureMatrix.ofRows(
                images.stream().map(Path::toString).toList(),
                2,
                images.stream().map(FeatureCacheTests::feature).toList());
    }

    /** The number that the content ends with. */
    private static float[] feature(Path image) {
        try {
            return new float[] {Integer.parseInt(Files.readString(image).replace("image ", "")), 1};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FeatureMatrix features(String fingerprint, List<Path> images) {
        return features(folder.resolve("cache"), fingerprint, images);
    }

    private FeatureMatrix features(Path cache, String fingerprint, List<Path> images) {
        encoded.clear();
        progress = ToldProgress.patient();
        return new FeatureCache(cache, warnings::add).encode(fingerprint, 2, images, this::encode, progress);
    }

    @Test
    void asksTheEncoderOnlyOnce() {
        FeatureMatrix first = features("model", files);
        assertThat(encoded).hasSize(600);
        assertThat(progress.done()).isEqualTo(600);
        assertThat(progress.before()).isZero();

        FeatureMatrix again = features("model", files);

        assertThat(encoded).isEmpty();
        assertThat(progress.before()).isEqualTo(600);
        assertThat(progress.part()).isEqualTo("images");
        assertThat(again).isEqualTo(first);
        assertThat(again.ids().get(7)).isEqualTo(files.get(7).toString());
        assertThat(again.row(599)).containsExactly(599, 1);
    }

    @Test
    void goesOnFromFinishedChunksAfterAStop() {
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() >= 256);
        assertThatThrownBy(() -> cache.encode("model", 2, files, this::encode, stopping))
                .isInstanceOfSatisfying(StoppedException.class, stopped -> {
                    assertThat(stopped.done()).isEqualTo(256);
                    assertThat(stopped.steps()).isEqualTo(600);
                });
        FeatureMatrix rest = features("model", files);
        // The chunk that it was at is encoded again.
        assertThat(progress.before()).isEqualTo(192);
        assertThat(encoded).hasSize(408);
        assertThat(rest).isEqualTo(features(folder.resolve("other"), "model", files));
    }

    /**
     * Features in reduced precision are nearly those in full precision, and must not be taken for them. Only a GPU
     * computes in 16 bits; here an engine says that it does.
     */
    @Test
    void anotherPrecisionHasItsOwnFeatures() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("model"));
        Path image = folder.resolve("picture.png");
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        List<FeatureMatrix> features = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        OrtEngine exact = OrtEngine.create();
        Engine half = new Named(exact, Precision.FP16);
        for (Engine engine : List.of(exact, exact.withPrecision(Precision.INT8), half, exact)) {
            Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"));
            try (ClipModel clip = ClipModel.of(checkpoint, engine, Overflow.ERROR)) {
                missing.add(cache.missing(clip, List.of(image, image)));
                features.add(cache.encode(clip, List.of(image), Progress.NONE));
            }
        }
        assertThat(missing).containsExactly(1L, 1L, 1L, 0L);
        assertThat(features.get(1)).isNotEqualTo(features.get(0));
        assertThat(features.get(3)).isEqualTo(features.get(0));
    }

    private record Named(Engine engine, Precision precision) implements Engine {
        @Override
        public CompiledNetwork compile(Forward network, List<Input> inputs, TensorSource weights) {
            return engine.compile(network, inputs, weights);
        }

        @Override
        public String name() {
            return engine.name() + " " + precision;
        }
    }

    @Test
    void anotherEncoderHasItsOwnFeatures() {
        features("model", files);
        features("another model", files.subList(0, 3));

        assertThat(encoded).containsExactly("0.png", "1.png", "2.png");
    }

    @Test
    void onlyNewAndChangedImagesAreEncoded() throws IOException {
        features("model", files.subList(0, 300));
        FileTime time = Files.getLastModifiedTime(files.get(5));
        Files.writeString(files.get(5), "image 9999");
        Files.setLastModifiedTime(files.get(5), time);
        Files.setLastModifiedTime(files.get(6), FileTime.fromMillis(1_000_000_000_000L));

        FeatureMatrix all = features("model", files.subList(0, 302));

        assertThat(encoded).containsExactlyInAnyOrder("5.png", "300.png", "301.png");
        assertThat(all.row(5)).containsExactly(9999, 1);
        assertThat(IntStream.range(6, 302)).allMatch(i -> all.row(i)[0] == i);
    }

    @Test
    void aPictureIsFoundAgainWhereverItLies() throws IOException {
        features("model", files.subList(0, 10));
        Path copy = Files.copy(files.get(3), folder.resolve("copy.png"));
        Path moved = Files.move(files.get(4), folder.resolve("moved.png"));
        FeatureMatrix again = features("model", List.of(copy, moved));
        assertThat(encoded).isEmpty();
        assertThat(again.row(0)).containsExactly(3, 1);
        assertThat(again.row(1)).containsExactly(4, 1);
    }

    /** The feature kept under a content's digest must be that content's. */
    @Test
    void aPictureThatChangesWhileItIsEncodedIsNotKept() {
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        cache.encode(
                "model",
                2,
                files.subList(0, 3),
                (images, done) -> {
                    try {
                        Files.writeString(files.get(1), "image 7777");
                        FeatureMatrix features = encode(images, done);
                        Files.writeString(files.get(1), "image 1");
                        Files.writeString(files.get(2), "image 8888");
                        return features;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Progress.NONE);
        FeatureMatrix again = features("model", files.subList(0, 3));
        assertThat(encoded).containsExactly("2.png");
        assertThat(again.row(2)).containsExactly(8888, 1);
    }

    @Test
    void aKilledRunGoesOnWhereItWas() {
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warnings::add);
        List<Path> seen = new ArrayList<>();
        assertThatThrownBy(() -> cache.encode(
                        "model",
                        2,
                        files,
                        (images, done) -> {
                            if (!seen.isEmpty()) {
                                throw new IllegalStateException("killed");
                            }
                            seen.addAll(images);
                            return encode(images, done);
                        },
                        Progress.NONE))
                .hasMessage("killed");
        assertThat(seen).isNotEmpty().hasSizeLessThan(600);

        features("model", files);

        assertThat(encoded).hasSize(600 - seen.size());
    }

    /** Whatever bit of a chunk changes, or wherever it ends: its features are computed anew, and it is repaired. */
    @Test
    void aDamagedChunkIsComputedAnew() throws IOException {
        FeatureMatrix whole = features("model", files.subList(0, 10));
        Path chunk = chunk();
        byte[] bytes = Files.readAllBytes(chunk);
        List<byte[]> broken = new ArrayList<>();
        for (int length : new int[] {0, 7, 100, bytes.length - 1}) {
            broken.add(Arrays.copyOf(bytes, length));
        }
        for (int place = 0; place < bytes.length; place += 13) {
            byte[] flipped = bytes.clone();
            flipped[place] ^= 1;
            broken.add(flipped);
        }
        for (byte[] content : broken) {
            warnings.clear();
            Files.write(chunk, content);
            assertThat(features("model", files.subList(0, 10))).isEqualTo(whole);
            // Where the keys themselves changed, those of these pictures are merely unknown.
            assertThat(encoded).isNotEmpty();
            assertThat(warnings).hasSizeLessThanOrEqualTo(1);
            assertThat(warnings).allMatch(w -> w.startsWith("Damaged cached features are recomputed: "));
            features("model", files.subList(0, 10));
            assertThat(encoded).isEmpty();
        }
    }

    @Test
    void chunksWithOtherContentAreComputedAnew() throws IOException {
        FeatureMatrix whole = features("model", files.subList(0, 3));
        Path chunk = chunk();
        Map<String, String> metadata =
                new LinkedHashMap<>(SealedTensors.open(chunk).metadata());
        metadata.remove("checksum");
        TensorData values = TensorData.of("features", whole.values(), 3, 2);
        List<Runnable> contents = List.of(
                () -> seal(chunk, metadata, "ids", "[null]", values),
                () -> seal(chunk, metadata, "ids", "null", values),
                () -> seal(chunk, metadata, "ids", "[1, [2], {}]", values),
                () -> seal(chunk, metadata, "encoder", "another", values),
                () -> SealedTensors.write(chunk, metadata, List.of(values.reshape(2, 3))),
                () -> SealedTensors.write(chunk, metadata, List.of(values.reshape(6, 1))),
                () -> SealedTensors.write(chunk, metadata, List.of(TensorData.of("features", new long[6], 3, 2))),
                () -> SealedTensors.write(
                        chunk,
                        metadata,
                        List.of(TensorData.of("features", new float[] {0, 1, Float.NaN, 1, 2, 1}, 3, 2))),
                () -> SafetensorsFile.write(chunk, metadata, List.of(values)));
        for (Runnable content : contents) {
            warnings.clear();
            content.run();
            assertThat(features("model", files.subList(0, 3))).isEqualTo(whole);
            assertThat(encoded).hasSize(3);
            assertThat(warnings).hasSize(1);
        }
    }

    private static void seal(Path file, Map<String, String> metadata, String key, String value, TensorData tensor) {
        Map<String, String> changed = new LinkedHashMap<>(metadata);
        changed.put(key, value);
        SealedTensors.write(file, changed, List.of(tensor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p_null", "p_null2", "p_dim", "p_flip"})
    void chunksOfAnotherVersionAreComputedAnew(String name) throws IOException {
        FeatureMatrix whole = features("model", files.subList(0, 3));
        Files.copy(Faults.file("broken-state/" + name), chunk(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(features("model", files.subList(0, 3))).isEqualTo(whole);
        assertThat(encoded).hasSize(3);
        assertThat(warnings).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatIsNoFileIsPassedOver() throws Exception {
        FeatureMatrix whole = features("model", files.subList(0, 3));
        Path chunks = chunk().getParent();
        Files.createDirectory(chunks.resolve("folder.safetensors"));
        Files.createSymbolicLink(chunks.resolve("link.safetensors"), folder.resolve("nowhere"));
        Path pipe = chunks.resolve("pipe.safetensors");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        assertThat(features("model", files.subList(0, 3))).isEqualTo(whole);
        assertThat(encoded).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "where the cache should be");
        FeatureMatrix features = features(file, "model", files);
        assertThat(features.row(599)).containsExactly(599, 1);
        assertThat(warnings)
                .hasSize(1)
                .allMatch(w -> w.startsWith("Image features are not kept for the next run. Cannot write " + file));
    }

    private Path chunk() throws IOException {
        try (Stream<Path> chunks = Files.walk(folder.resolve("cache"))) {
            return chunks.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anImageGivenTwiceIsEncodedOnce() {
        FeatureMatrix both = features("model", List.of(files.get(3), files.get(3)));

        assertThat(encoded).containsExactly("3.png");
        assertThat(both.row(1)).isEqualTo(both.row(0));
    }

    /** A file that cannot be read has no content to be known by; the encoder says what is wrong with it. */
    @Test
    void missingImagesAreLeftToTheEncoder() {
        Path gone = folder.resolve("gone.png");
        assertThatThrownBy(() -> features("model", List.of(files.get(0), gone)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(gone.toString());
        assertThat(encoded).containsExactly("0.png", "gone.png");
    }
}
