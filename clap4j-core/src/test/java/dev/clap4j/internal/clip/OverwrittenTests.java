package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that others write while they are in use: native code that reads what is gone would end the process. */
class OverwrittenTests {
    private static final TensorData PIXELS = TensorData.of("pixels", new float[3 * 32 * 32], 1, 3, 32, 32);
    private static final TensorData TOKENS = TensorData.of("tokens", new long[] {512, 3, 513}, 1, 3);

    @TempDir
    private Path folder;

    private Path weights;

    @BeforeEach
    void write() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        weights = folder.resolve("open_clip_model.safetensors");
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.truncate(4096);
        }
    }

    private static void assertRefused(Runnable use) {
        assertThatThrownBy(use::run)
                .isInstanceOf(ClapException.class)
                .hasMessageMatching("(?s).*open_clip_model.safetensors.*(was written|has shrunk).*");
    }

    @Test
    void aModelThatHasNotBegunRefuses() throws IOException {
        try (ClipModel clip = ClipModel.load(folder)) {
            truncate();
            assertRefused(() -> PreparedInputs.encodePixels(clip, PIXELS));
        }
    }

    @Test
    void aModelInUseRefuses() throws IOException {
        try (ClipModel clip = ClipModel.load(folder)) {
            PreparedInputs.encodePixels(clip, PIXELS);
            truncate();
            assertRefused(() -> PreparedInputs.encodePixels(clip, PIXELS));
            assertRefused(() -> PreparedInputs.encodeTokens(clip, TOKENS));
        }
    }

    @Test
    void aModelThatIsReadyButHasNotRunRefuses() throws IOException {
        try (ClipModel clip = ClipModel.load(folder)) {
            clip.images();
            truncate();
            assertRefused(() -> PreparedInputs.encodePixels(clip, PIXELS));
        }
    }

    /** A name that leads to other weights before all is read from it would mix two models. */
    @Test
    void aReplacedFileIsNoticedBeforeItIsRead() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(folder);
        Path other = folder.resolve("other");
        RandomCheckpoint.write("tiny", 2, Optional.empty(), other);
        Files.move(other.resolve(weights.getFileName()), weights, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> checkpoint.weights().get("visual.conv1.weight"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has changed since it was opened");
    }

    @Test
    void whatIsReplacedByAnotherFileGoesOn() throws IOException {
        try (ClipModel clip = ClipModel.of(Checkpoint.open(folder), OrtEngine.create(1), Overflow.ERROR)) {
            float[] before = PreparedInputs.encodePixels(clip, PIXELS).values();
            Path other = Files.write(folder.resolve("other"), new byte[10]);
            Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);
            assertThat(PreparedInputs.encodePixels(clip, PIXELS).values()).isEqualTo(before);
        }
    }
}
