package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.OpenClipFolder;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTransformer;
import dev.clap4j.internal.run.Steps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Checkpoints of all layouts, as small as possible. */
final class Models {
    private static final int WIDTH = 8;
    private static final int IMAGE = 16;
    private static final ClipArchitecture SMALL = new ClipArchitecture(
            new VisionTransformer(IMAGE, 8, WIDTH, 1, 2, 4 * WIDTH, 4, Activation.QUICK_GELU, 1e-5f),
            new TextTransformer(77, TokenizerFiles.SIZE, WIDTH, 1, 2, 4 * WIDTH, 4, Activation.QUICK_GELU, 1e-5f));

    private static final String HUGGING_FACE_CONFIG = """
            {"model_type": "clip", "architectures": ["CLIPModel"], "projection_dim": 4, "logit_scale_init_value": 2.6592,
             "text_config": {"hidden_size": 8, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
               "max_position_embeddings": 77, "vocab_size": %d, "bos_token_id": 0, "eos_token_id": 2,
               "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05},
             "vision_config": {"hidden_size": 8, "intermediate_size": 32, "num_hidden_layers": 1,
               "num_attention_heads": 2, "image_size": 16, "patch_size": 8, "hidden_act": "quick_gelu",
               "layer_norm_eps": 1e-05}}
            """.formatted(TokenizerFiles.SIZE);

    private static final String PREPROCESSOR_CONFIG = """
            {"crop_size": {"height": 16, "width": 16}, "do_center_crop": true, "do_convert_rgb": true, "do_normalize": true,
             "do_rescale": true, "do_resize": true, "image_mean": [0.48, 0.46, 0.41], "image_std": [0.27, 0.26, 0.28],
             "image_processor_type": "CLIPImageProcessor", "resample": 3, "rescale_factor": 0.00392156862745098,
             "size": {"shortest_edge": 16}}
            """;

    private static final String ADAPTER_CONFIG = """
            {"peft_type": "LORA", "r": 2, "lora_alpha": 4, "lora_dropout": 0.0, "bias": "none", "fan_in_fan_out": false,
             "target_modules": ["q_proj"], "base_model_name_or_path": "small", "inference_mode": true}
            """;

    private Models() {}

    static List<Input> openClip() {
        return List.of(openClipFolder());
    }

    private static Input openClipFolder() {
        return Bits.written(folder -> write(folder, DataType.F16));
    }

    private static void write(Path folder, DataType type) {
        new OpenClipFolder(folder).write(SMALL, type, name -> tensor(name, shape(name)), Map.of());
    }

    private static long[] shape(String name) {
        return SMALL.shapes().asMap().get(name);
    }

    /** Returns checkpoints without a configuration, whose heads must be 64 wide. */
    static List<Input> openAi() {
        ClipArchitecture wide = new ClipArchitecture(
                new VisionTransformer(IMAGE, 8, 64, 1, 1, 256, 4, Activation.QUICK_GELU, 1e-5f),
                new TextTransformer(8, 20, 64, 1, 1, 256, 4, Activation.QUICK_GELU, 1e-5f));
        List<TensorData> tensors = new ArrayList<>();
        wide.shapes()
                .asMap()
                .forEach((name, shape) -> tensors.add(tensor(name, shape).toF16()));
        return List.of(Input.of("ViT-small.pt", TensorFiles.torch(tensors)));
    }

    static List<Input> huggingFace() {
        Input plain = Input.of("config.json", bytes(HUGGING_FACE_CONFIG))
                .with("preprocessor_config.json", bytes(PREPROCESSOR_CONFIG))
                .with("model.safetensors", TensorFiles.safetensors(Map.of("format", "pt"), huggingFaceTensors()));
        return List.of(plain, withAdapter(plain));
    }

    /** Adds a low-rank adapter beside the weights. */
    private static Input withAdapter(Input plain) {
        String query = "base_model.model.vision_model.encoder.layers.0.self_attn.q_proj.lora_";
        return plain.with("adapter_config.json", bytes(ADAPTER_CONFIG))
                .with(
                        "adapter_model.safetensors",
                        TensorFiles.safetensors(
                                Map.of("format", "pt"),
                                List.of(tensor(query + "A.weight", 2, WIDTH), tensor(query + "B.weight", WIDTH, 2))));
    }

    private static List<TensorData> huggingFaceTensors() {
        List<TensorData> tensors = new ArrayList<>();
        String text = "text_model.embeddings.";
        String vision = "vision_model.embeddings.";
        tensors.add(tensor("logit_scale"));
        tensors.add(tensor(text + "token_embedding.weight", TokenizerFiles.SIZE, WIDTH));
        tensors.add(tensor(text + "position_embedding.weight", 77, WIDTH));
        tensors.add(tensor(vision + "class_embedding", WIDTH));
        tensors.add(tensor(vision + "position_embedding.weight", 5, WIDTH));
        tensors.add(tensor(vision + "patch_embedding.weight", WIDTH, 3, 8, 8));
        tensors.add(tensor("visual_projection.weight", 4, WIDTH));
        tensors.add(tensor("text_projection.weight", 4, WIDTH));
        for (String norm :
                List.of("text_model.final_layer_norm", "vision_model.pre_layrnorm", "vision_model.post_layernorm")) {
            layer(tensors, norm, WIDTH);
        }
        for (String tower : List.of("text_model", "vision_model")) {
            String block = tower + ".encoder.layers.0.";
            layer(tensors, block + "layer_norm1", WIDTH);
            layer(tensors, block + "layer_norm2", WIDTH);
            for (String part : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
                layer(tensors, block + "self_attn." + part, WIDTH, WIDTH);
            }
            layer(tensors, block + "mlp.fc1", 4 * WIDTH, WIDTH);
            layer(tensors, block + "mlp.fc2", WIDTH, 4 * WIDTH);
        }
        return tensors;
    }

    private static void layer(List<TensorData> tensors, String name, long... shape) {
        tensors.add(tensor(name + ".weight", shape));
        tensors.add(tensor(name + ".bias", shape[0]));
    }

    /** Creates a tensor of small numbers that depend on the name. */
    private static TensorData tensor(String name, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.floorMod(name.hashCode() + i * 31, 64) / 64f - 0.5f;
        }
        return TensorData.of(name, values, shape);
    }

    /** Opens a checkpoint and reads all of it, without running it. */
    static void read(Path folder) {
        Checkpoint checkpoint = Checkpoint.open(folder);
        checkpoint.verify();
        checkpoint.fingerprint();
        checkpoint.parameters();
        checkpoint.expLogitScale();
        ClipImageModel.preprocessing(checkpoint);
    }

    static List<Input> whole() {
        Input folder = openClipFolder();
        return List.of(folder.with("tokenizer.json", TokenizerFiles.learned())
                .with("picture.png", Pictures.png().get(0).get("picture.png")));
    }

    /** Opens a checkpoint and computes features with it. */
    static void encode(Path folder) {
        try (ClipModel model = ClipModel.load(folder)) {
            model.texts().encode(List.of("a photo of a dog"), Steps.unreported());
            model.images().encode(List.of(folder.resolve("picture.png")));
        }
    }

    /** Writes a valid model. */
    static void writeTo(Path folder) {
        whole().get(0).without("picture.png").writeTo(folder);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
