package dev.clap4j.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.TensorData;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ResidualMlp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
                .hasMessage("The strength alpha of a head should be a finite number, but is NaN");
    }

    @Test
    void aHeadFitsItsOwnBackboneOnly() {
        Path path = folder.resolve("h.safetensors");
        head(INFO).save(path);
        Head head = Head.load(path);
        head.requireBackbone("sha256:abc", 3);
        assertThatThrownBy(() -> head.requireBackbone("sha256:abc", 512))
                .isInstanceOf(ClapException.class)
                .hasMessage(path + " takes features of dimension 3 (ViT-B/16), but the model's have 512; "
                        + "use it with the model it was trained on");
        assertThatThrownBy(() -> head.requireBackbone("sha256:other", 3))
                .isInstanceOf(ClapException.class)
                .hasMessage(path + " was trained on the model sha256:abc (ViT-B/16), but this model is sha256:other; "
                        + "use it with its own model, or train a head for this one");
        head(HeadInfo.UNKNOWN).requireBackbone("sha256:other", 3);
    }

    @Test
    void layersBeyondThoseItHasAreRefused() {
        assertThatThrownBy(() -> head(INFO).withRepeat(1))
                .isInstanceOf(ClapException.class)
                .hasMessage("the new head has 0 further hidden layers, so not 1 of them");
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
