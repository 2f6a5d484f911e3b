package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The smallest sound checkpoint: what the bad ones are made from. */
final class SmallCheckpoint {
    static final ClipArchitecture ARCHITECTURE = new ClipArchitecture(
            new VisionTransformer(16, 8, 64, 1, 1, 256, 8, Activation.QUICK_GELU, 1e-5f),
            new TextTransformer(6, 10, 64, 1, 1, 256, 8, Activation.QUICK_GELU, 1e-5f));

    static final String HUGGING_FACE_CONFIG = """
            {"model_type": "clip", "projection_dim": 8,
             "text_config": {"hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 1,
               "num_attention_heads": 1, "max_position_embeddings": 6, "vocab_size": 10, "eos_token_id": 2},
             "vision_config": {"hidden_size": 64, "intermediate_size": 256, "num_hidden_layers": 1,
               "num_attention_heads": 1, "image_size": 16, "patch_size": 8}}
            """;

    static final String OPEN_CLIP_CONFIG = """
            {"model_cfg": {"embed_dim": 8, "quick_gelu": true,
              "vision_cfg": {"image_size": 16, "layers": 1, "width": 64, "patch_size": 8},
              "text_cfg": {"context_length": 6, "vocab_size": 10, "width": 64, "heads": 1, "layers": 1}}}
            """;

    private SmallCheckpoint() {}

    /** Its tensors under OpenAI's names. */
    static List<TensorData> tensors() {
        List<TensorData> tensors = new ArrayList<>();
        ARCHITECTURE.shapes().asMap().forEach((name, shape) -> tensors.add(tensor(name, shape)));
        return tensors;
    }

    /** Its tensors under Hugging Face's names. */
    static List<TensorData> huggingFaceTensors() {
        List<TensorData> tensors = new ArrayList<>();
        ARCHITECTURE.shapes().asMap().forEach((name, shape) -> {
            Naming.HUGGING_FACE
                    .recipe(name)
                    .sourceShapes(shape)
                    .forEach((source, stored) -> tensors.add(tensor(source, stored)));
        });
        return tensors;
    }

    /** A tensor of small numbers that follow from its name. */
    static TensorData tensor(String name, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.floorMod(name.hashCode() + i * 31, 64) / 64f - 0.5f;
        }
        return TensorData.of(name, values, shape);
    }
}
