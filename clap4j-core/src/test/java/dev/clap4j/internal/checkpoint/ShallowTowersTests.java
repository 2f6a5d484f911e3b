package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.clip.ImageEncoder;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.nn.VisionTransformer;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.zoo.NamedValues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Image towers too large for any test, with one block in place of dozens. Tensors and the first features are those of
 * timm 1.0.29 ({@code create_model(name, depth=1)}), filled as the golden files of the zoo are.
 */
class ShallowTowersTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"EVA01-g-14", "ViTamin-XL-256", "MobileCLIP2-L-14", "PE-Core-bigG-14-448"})
    void theirFeaturesAreTimms(String name) throws IOException {
        JsonNode golden = golden(name);
        VisionTransformer tower = shallow(golden);
        TensorSource weights = weights(golden, tower);
        int size = tower.imageSize();
        try (ImageEncoder encoder = ImageEncoder.create(tower, weights, OrtEngine.create())) {
            float[] features = encoder.encode(NamedValues.filled("pixels", new long[] {1, 3, size, size}, 0, 1.5));
            assertThat(features).hasSize(golden.path("embed_dim").asInt());
            double tolerance = 1e-5 * golden.path("largest").asDouble();
            for (int i = 0; i < golden.path("features").size(); i++) {
                assertThat((double) features[i])
                        .isCloseTo(golden.path("features").get(i).asDouble(), within(tolerance));
            }
        }
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = ShallowTowersTests.class.getResourceAsStream("shallow-towers.json")) {
            return new JsonMapper().readTree(in).path(name);
        }
    }

    private static VisionTransformer shallow(JsonNode golden) {
        ConfigSection vision = ConfigSection.of(Path.of("shallow-towers.json"), (ObjectNode) golden.path("vision_cfg"));
        int embedDim = golden.path("embed_dim").asInt();
        VisionTransformer deep = (VisionTransformer) TimmModels.read(vision, embedDim);
        return new VisionTransformer(deep.tokens(), deep.rotary(), deep.block(), 1, deep.pooling());
    }

    /** Writes the tensors and reads them, which checks names and shapes. */
    private TensorSource weights(JsonNode golden, VisionTransformer tower) {
        TextTower text = Architectures.named("tiny").text();
        List<TensorInfo> tensors = new ArrayList<>();
        golden.path("tensors").properties().forEach(tensor -> {
            long[] shape = StreamSupport.stream(tensor.getValue().spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray();
            tensors.add(new TensorInfo(tensor.getKey(), DataType.F32, shape));
        });
        text.shapes()
                .asMap()
                .forEach((name, shape) -> tensors.add(new TensorInfo("text." + name, DataType.F32, shape)));
        tensors.add(new TensorInfo("logit_scale", DataType.F32, new long[0]));
        Path file = folder.resolve("open_clip_model.safetensors");
        SafetensorsFile.write(file, Map.of(), tensors, NamedValues::of);
        TensorFile stored = TensorFile.open(file);
        ModelConfig config = new ModelConfig(new ClipArchitecture(tower, text), EndOfText.atHighestId(), "timm");
        return CheckpointWeights.of(stored, Naming.of(stored.names()).orElseThrow(), config);
    }
}
