package dev.clap4j.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.Logged;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HeadTests {
    private static final HeadInfo INFO = new HeadInfo(
            0.208f,
            "ViT-B/16",
            "sha256:abc",
            List.of("dog", "café"),
            "clap",
            Map.of("tau", "0.5"),
            7L,
            Map.of("a", "1"));

    @TempDir
    Path folder;

    /** D = 3, L = 2, O = 2. */
    private static Head head(HeadInfo info) {
        return Head.of(
                new ResidualMlp(3, 2, 2, 0, Activation.LEAKY_RELU),
                info,
                List.of(
                        TensorData.of("linear.weight", new float[] {1, 0, 0, 0, 1, 0}, 2, 3),
                        TensorData.of("linear.bias", new float[] {0.5f, 0}, 2),
                        TensorData.of("projection.weight", new float[] {2, 0, 0, 3}, 2, 2)));
    }

    @Test
    void whatIsSavedIsReadBack() throws IOException {
        Path path = folder.resolve("head.safetensors");
        head(INFO).save(path);
        Head read = Head.load(path);
        assertThat(read.info()).isEqualTo(INFO);
        assertThat(read.network()).isEqualTo(new ResidualMlp(3, 2, 2, 0, Activation.LEAKY_RELU));
        assertThat(read.weights().get("projection.weight").toFloats()).containsExactly(2, 0, 0, 3);
        Path again = folder.resolve("again.safetensors");
        read.save(again);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(path));
    }

    @Test
    void nothingKnownIsReadBackToo() {
        Path path = folder.resolve("head.safetensors");
        head(HeadInfo.UNKNOWN).save(path);
        assertThat(Head.load(path).info()).isEqualTo(HeadInfo.UNKNOWN);
    }

    @Test
    void theResidualIsAddedToTheSampledFeature() {
        // act(x) = [-0.01, 2, 3]; hidden = [0.49, 2]; projected = [0.98, 6]; places 0 and 1 of x are kept.
        FeatureMatrix y = head(INFO).apply(new FeatureMatrix(List.of("x"), 3, new float[] {-1, 2, 3}), 0.5f);
        assertThat(y.values()).containsExactly(-1 + 0.49f, 2 + 3f);
        assertThat(y.ids()).containsExactly("x");
    }

    @Test
    void manyRowsGoThroughInSeveralRuns() {
        int rows = 20_000;
        float[] values = new float[rows * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 97;
        }
        List<String> ids = Stream.generate(() -> "x").limit(rows).toList();
        FeatureMatrix y = head(INFO).apply(new FeatureMatrix(ids, 3, values), 1);
        for (int row = 0; row < rows; row += 999) {
            float x = values[row * 3];
            float next = values[row * 3 + 1];
            assertThat(y.row(row)).containsExactly(x + 2 * (x + 0.5f), next + 3 * next);
        }
    }

    @Test
    void featuresOfAnotherDimensionAreRefused() {
        assertThatThrownBy(() -> head(INFO).apply(new FeatureMatrix(List.of("x"), 2, new float[2]), 1))
                .isInstanceOf(ClapException.class)
                .hasMessage("The head takes features of dimension 3, but these have 2; they come from another model "
                        + "than the one it was trained on");
    }

    @Test
    void aStrengthThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> head(INFO).apply(new FeatureMatrix(List.of("x"), 3, new float[3]), Float.NaN))
                .isInstanceOf(ClapException.class)
                .hasMessage("The alpha of a head should be a finite number, but is NaN");
    }

    /** A head for features of 64 numbers, trained on a model of that fingerprint. */
    private Head of(String backbone) {
        Path path = folder.resolve("h.safetensors");
        HeadInfo info = new HeadInfo(1, "ViT-B/16", backbone, List.of(), "", Map.of(), null, Map.of());
        Head.of(
                        new ResidualMlp(64, 1, 1, 0, Activation.SILU),
                        info,
                        List.of(
                                TensorData.of("linear.weight", new float[64], 1, 64),
                                TensorData.of("linear.bias", new float[1], 1),
                                TensorData.of("projection.weight", new float[1], 1, 1)))
                .save(path);
        return Head.load(path);
    }

    private Checkpoint model(int seed) {
        RandomCheckpoint.write("tiny", seed, Optional.empty(), folder.resolve("model" + seed));
        return Checkpoint.open(folder.resolve("model" + seed));
    }

    @Test
    void aHeadFitsItsOwnBackboneOnly() {
        Path path = folder.resolve("h.safetensors");
        Checkpoint own = model(1);
        Checkpoint other = model(2);
        Head head = of(own.fingerprint());
        head.requireBackbone(own);
        assertThatThrownBy(() -> head(INFO).requireBackbone(own))
                .isInstanceOf(ClapException.class)
                .hasMessage("the new head takes features of dimension 3 (ViT-B/16), but the model's have 64; "
                        + "use it with the model it was trained on");
        assertThatThrownBy(() -> head.requireBackbone(other))
                .isInstanceOf(ClapException.class)
                .hasMessage(path + " was trained on another model (ViT-B/16); use it with that one, or train a head for"
                        + " this one");
        of("").requireBackbone(other);
    }

    /** The fingerprint is the one that the version before computed. */
    @Test
    void aHeadOfAnEarlierVersionIsHeldToTheSampleThatItKnows() {
        Head head = of("9ffc707b113fd868904b8110a8e4d1ba");
        String log = Logged.by(() -> head.requireBackbone(Checkpoint.open(Golden.file("clip-vit-tiny/huggingface"))));
        assertThat(log)
                .contains("is of an earlier version, which looked at no more than a sample of a model's weights");
        assertThatThrownBy(() -> head.requireBackbone(model(1)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("was trained on another model");
    }

    @Test
    void layersBeyondThoseItHasAreRefused() {
        assertThatThrownBy(() -> head(INFO).withRepeat(1))
                .isInstanceOf(ClapException.class)
                .hasMessage("the new head has 0 further hidden layers, so not 1 of them");
    }

    /** The authors' names, as {@code DataParallel} saves them. */
    @Test
    void whatWrapsTheNetworkIsNoPartOfItsNames() {
        Path path = folder.resolve("wrapped.safetensors");
        SafetensorsFile.write(
                path,
                Map.of(),
                List.of(
                        TensorData.of("module.network_beta.linear.weight", new float[] {1, 2}, 2, 1),
                        TensorData.of("module.network_beta.linear.bias", new float[2], 2),
                        TensorData.of("module.network_beta.projection.weight", new float[2], 1, 2)));
        assertThat(Head.load(path).network()).isEqualTo(new ResidualMlp(1, 2, 1, 0, Activation.SILU));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipesAreRefusedWithoutReading() throws IOException, InterruptedException {
        Path pipe = folder.resolve("head.safetensors");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> Head.load(pipe))
                .isInstanceOf(ClapException.class)
                .hasMessage(pipe + " is a pipe or a device; a regular file was expected");
    }

    @TestFactory
    Stream<DynamicTest> badHeadsAreExplained() throws IOException {
        return BadHeads.write(folder).stream()
                .map((BadFile bad) ->
                        DynamicTest.dynamicTest(bad.name(), () -> assertThatThrownBy(() -> Head.load(bad.path()))
                                .isInstanceOf(ClapException.class)
                                .hasMessage(bad.message())));
    }
}
