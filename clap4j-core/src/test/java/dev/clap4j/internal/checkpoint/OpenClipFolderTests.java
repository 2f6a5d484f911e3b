package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenClipFolderTests {
    @TempDir
    private Path temporary;

    /** Heads, ratios and epsilons that open_clip's defaults do not give. */
    static List<ClipArchitecture> unusualGeometries() {
        TextTransformer text = new TextTransformer(9, 600, 48, 1, 3, 100, 24, Activation.GELU, 1e-6f);
        List<VisionTower> towers = List.of(
                new VisionTransformer(32, 16, 48, 2, 4, 72, 24, Activation.GELU, 1e-6f),
                new ModifiedResNet(32, 4, List.of(1, 2, 1, 1), 8, 24));
        return towers.stream().map(tower -> new ClipArchitecture(tower, text)).toList();
    }

    @ParameterizedTest
    @MethodSource("unusualGeometries")
    void whatIsWrittenIsReadInEveryGeometry(ClipArchitecture architecture) {
        write(architecture, DataType.F32);
        Checkpoint checkpoint = Checkpoint.open(temporary);
        assertThat(checkpoint.architecture()).isEqualTo(architecture);
        assertThat(checkpoint.endOfText()).isEqualTo(EndOfText.atHighestId());
    }

    private void write(ClipArchitecture architecture, DataType type) {
        new OpenClipFolder(temporary).write(architecture, type, new Initialization(architecture, 1)::draw, Map.of());
    }

    @ParameterizedTest
    @MethodSource("unusualGeometries")
    void halvesAreTheNearestToTheWeights(ClipArchitecture architecture) {
        write(architecture, DataType.F16);
        Checkpoint checkpoint = Checkpoint.open(temporary);
        assertThat(checkpoint.tensors()).allMatch(tensor -> tensor.type() == DataType.F16);
        Initialization drawn = new Initialization(architecture, 1);
        for (String name : List.of("token_embedding.weight", "visual.conv1.weight", "logit_scale")) {
            float[] expected = drawn.draw(name).toFloats();
            float[] halves = checkpoint.weights().get(name).toFloats();
            for (int i = 0; i < expected.length; i++) {
                // Half of a last place: 11 significant bits, or 2^-25 where halves are subnormal.
                assertThat((double) Math.abs(halves[i] - expected[i]))
                        .isLessThanOrEqualTo(Math.max(Math.abs(expected[i]) * 0x1p-11, 0x1p-25));
            }
        }
    }

    @Test
    void whatOpenClipAssumesIsLeftOut() throws IOException {
        write(Architectures.named("tiny"), DataType.F32);
        JsonNode model = new JsonMapper()
                .readTree(temporary.resolve("open_clip_config.json").toFile())
                .path("model_cfg");
        for (String tower : List.of("vision_cfg", "text_cfg")) {
            assertThat(model.path(tower).properties())
                    .extracting(Map.Entry::getKey)
                    .doesNotContain("head_width", "mlp_ratio", "norm_kwargs");
        }
    }

    @Test
    void theFilesOfACheckpointAreKnown() {
        OpenClipFolder folder = new OpenClipFolder(temporary);
        write(Architectures.named("tiny"), DataType.F16);
        folder.writeTokenizer("{}");
        assertThat(folder.files()).filteredOn(file -> file.toFile().exists()).hasSize(3);
        assertThat(temporary.toFile().list()).hasSize(3);
    }
}
