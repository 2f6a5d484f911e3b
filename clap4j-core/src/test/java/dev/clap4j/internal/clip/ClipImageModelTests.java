package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Numbers;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipImageModelTests {
    @TempDir
    Path folder;

    private final List<Path> images = new ArrayList<>();
    private ClipModel clip;

    @BeforeEach
    void makeModelAndImages() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("model"));
        clip = ClipModel.load(folder.resolve("model"));
        for (int i = 0; i < 20; i++) {
            BufferedImage image = new BufferedImage(40 + i, 50, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, 2 * i, 0xFF8000 + 5 * x);
            }
            Path file = folder.resolve("image" + (30 - i) + ".png");
            ImageIO.write(image, "png", file.toFile());
            images.add(file);
        }
    }

    @AfterEach
    void closeModel() {
        clip.close();
    }

    @Test
    void filesGiveTheFeaturesOfTheirPreparedPixels() {
        ToldProgress progress = ToldProgress.patient();

        FeatureMatrix features = clip.images().encode(images, Steps.begin(progress, "images", images.size()));

        assertThat(progress.done()).isEqualTo(20);
        assertThat(features.ids()).isEqualTo(images.stream().map(Path::toString).toList());
        Preprocessing preprocessing = clip.images().preprocessing();
        for (int i = 0; i < images.size(); i++) {
            float[] pixels = new float[3 * 32 * 32];
            preprocessing.normalise(
                    preprocessing.pixels(images.get(i), DecodeOptions.defaults()), FloatBuffer.wrap(pixels));
            // The same numbers in batches of another size: sums may be taken in another order.
            Numbers.assertClose(
                    features.row(i),
                    clip.images().encoder().encode(TensorData.of("pixels", pixels, 1, 3, 32, 32)),
                    1e-5);
        }
    }

    @Test
    void unreadableImagesStopOrAreLeftOut() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        images.add(2, broken);

        assertThatThrownBy(() -> clip.images().encode(images))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(broken.toString());
        ImageLoading skipping = ImageLoading.defaults().withBatchSize(3).withSkipUnreadable(true);
        FeatureMatrix rest = clip.images().encode(images, skipping, Steps.unreported());
        images.remove(broken);
        assertThat(rest.ids()).isEqualTo(images.stream().map(Path::toString).toList());
        assertThat(clip.images()
                        .encode(List.of(broken), skipping, Steps.unreported())
                        .rows())
                .isZero();
    }

    @Test
    void batchesComeAsTheyAreEncoded() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        FeatureMatrix whole = clip.images().encode(images);
        images.add(17, broken);

        List<FeatureMatrix> batches = new ArrayList<>();
        ToldProgress told = ToldProgress.patient();
        try (EncodedImages<Path> stream = clip.images().stream(
                images, ImageLoading.defaults().withSkipUnreadable(true), Steps.begin(told, "images", images.size()))) {
            while (stream.hasNext()) {
                batches.add(stream.next());
                assertThat(stream.done()).isEqualTo(Math.min(images.size(), 16 * batches.size()));
                assertThat(told.done()).isEqualTo(stream.done());
            }
            assertThat(stream.skipped()).hasSize(1);
            assertThat(stream.skipped().get(0).image()).isEqualTo(broken);
            assertThat(stream.skipped().get(0).reason()).hasMessageStartingWith("Cannot decode " + broken);
        }
        assertThat(FeatureMatrix.concat(batches)).isEqualTo(whole);
        // What is not asked for is not waited for.
        try (EncodedImages<Path> stream = clip.images().stream(images.subList(0, 17), ImageLoading.defaults())) {
            assertThat(stream.next().rows()).isEqualTo(16);
        }
    }

    @Test
    void whatIsEncodedWhenItStopsIsThere() {
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() >= 16);
        Steps steps = Steps.begin(stopping, "images", images.size());
        List<FeatureMatrix> batches = new ArrayList<>();
        try (EncodedImages<Path> stream = clip.images().stream(images, ImageLoading.defaults(), steps)) {
            assertThatThrownBy(() -> {
                        while (stream.hasNext()) {
                            batches.add(stream.next());
                        }
                    })
                    .isInstanceOfSatisfying(StoppedException.class, stopped -> {
                        assertThat(stopped.done()).isEqualTo(16);
                        assertThat(stopped.steps()).isEqualTo(20);
                    });
        }
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).rows()).isEqualTo(16);
    }
}
