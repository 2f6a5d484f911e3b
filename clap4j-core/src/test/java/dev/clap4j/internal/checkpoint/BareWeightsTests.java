package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Logged;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.VisionTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights without a configuration: nothing is assumed without saying so. */
class BareWeightsTests {
    @TempDir
    private Path folder;

    private Path weights(String name) {
        Path path = folder.resolve(name);
        SafetensorsFile.write(path, Map.of(), SmallCheckpoint.tensors());
        return path;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ViT-B-32.pt; QUICK_GELU; QuickGELU, as in OpenAI's models",
                "open_clip_model.safetensors; QUICK_GELU; QuickGELU, as in OpenAI's models",
                "vit_b_32-laion2b_e16-af8dbd0c.pth; GELU; GELU, for its name has \"laion\" in it",
                "vit_b_32-quickgelu-laion400m_e32-46683a32.pt; QUICK_GELU; QuickGELU, as its name says",
                "CLIP-ViT-B-32-DataComp.XL/model.safetensors; GELU; GELU, for its name has \"datacomp\" in it"
            })
    void whatIsAssumedIsSaid(String name, Activation activation, String said) {
        Path path = weights(name);
        String log = Logged.by(
                () -> assertThat(Checkpoint.open(path).architecture().text().activation())
                        .isEqualTo(activation));
        assertThat(log)
                .contains(
                        path + ": there is no open_clip_config.json beside it",
                        said,
                        "1 head for texts, 64 wide",
                        "give the activation and the number of heads");
    }

    @Test
    void whatIsGivenIsNotAssumed() {
        Path path = weights("model.pt");
        GeometryHints all = new GeometryHints(Activation.GELU, 2, 4);
        String silent = Logged.by(() -> {
            Checkpoint checkpoint = Checkpoint.open(path, all);
            assertThat(checkpoint.architecture().text().heads()).isEqualTo(2);
            VisionTransformer vision =
                    (VisionTransformer) checkpoint.architecture().vision();
            assertThat(vision.heads()).isEqualTo(4);
            assertThat(vision.activation()).isEqualTo(Activation.GELU);
            assertThat(checkpoint.fingerprint())
                    .isNotEqualTo(Checkpoint.open(path, all.withHeads(2, 2)).fingerprint());
        });
        assertThat(silent).isEmpty();
        String half = Logged.by(() -> Checkpoint.open(path, new GeometryHints(Activation.GELU, 0, 0)));
        assertThat(half).contains("1 head for images").doesNotContain("GELU");
    }

    /** ViT-H/14, ViT-g/14, ViT-bigG/14: 16 heads, which are 80, 88 and 104 wide. */
    @ParameterizedTest
    @CsvSource({"1280, 16", "1408, 16", "1664, 16", "1024, 16", "768, 12"})
    void widthsOfPublishedModelsHaveTheirHeads(int width, int heads) {
        AssumedGeometry assumed = new AssumedGeometry(
                SafetensorsFile.open(weights("model.safetensors")), Naming.OPENAI, GeometryHints.NONE);
        assertThat(assumed.transformerHeads(width, "visual.conv1.weight")).isEqualTo(heads);
        assertThat(assumed.poolingHeads(width, "visual.conv3.weight")).isEqualTo(width / 64);
    }

    @Test
    void hintsThatDoNotFitAreRefused() throws IOException {
        Path path = weights("model.safetensors");
        assertThatThrownBy(() -> Checkpoint.open(path, new GeometryHints(null, 3, 0)))
                .isInstanceOf(ClapException.class)
                .hasMessage(path + ": 3 heads do not divide the width 64 of its texts");
        assertThatThrownBy(() -> new GeometryHints(Activation.SILU, 0, 0))
                .isInstanceOf(ClapException.class)
                .hasMessage("The activation of a CLIP model is quickgelu or gelu, not SILU");
        Files.writeString(folder.resolve("open_clip_config.json"), SmallCheckpoint.OPEN_CLIP_CONFIG);
        Checkpoint.open(path, new GeometryHints(Activation.QUICK_GELU, 1, 1));
        assertThatThrownBy(() -> Checkpoint.open(path, new GeometryHints(Activation.GELU, 0, 0)))
                .isInstanceOf(ClapException.class)
                .hasMessage("The activation is given as GELU, but " + folder.resolve("open_clip_config.json")
                        + " says QUICK_GELU");
        assertThatThrownBy(() -> Checkpoint.open(path, new GeometryHints(null, 0, 2)))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The number of heads for images is given as 2, but ");
    }
}
