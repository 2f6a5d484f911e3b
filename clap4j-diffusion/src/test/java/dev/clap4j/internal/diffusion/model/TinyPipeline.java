package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The smallest pipelines with random weights, as diffusers would save them. */
final class TinyPipeline {
    private static final String INDEX = """
            {
              "_class_name": "StableDiffusionPipeline",
              "scheduler": ["diffusers", "DDIMScheduler"],
              "text_encoder": ["transformers", "CLIPTextModel"],
              "tokenizer": ["transformers", "CLIPTokenizer"],
              "unet": ["diffusers", "UNet2DConditionModel"],
              "vae": ["diffusers", "AutoencoderKL"],
              "safety_checker": [null, null]
            }
            """;

    private static final String SCHEDULER = """
            {"_class_name": "DDIMScheduler", "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
            """;

    private static final String TEXT_ENCODER = """
            {
              "model_type": "clip_text_model",
              "eos_token_id": 514,
              "hidden_act": "quick_gelu",
              "hidden_size": 16,
              "intermediate_size": 32,
              "max_position_embeddings": 77,
              "num_attention_heads": 2,
              "num_hidden_layers": 2,
              "projection_dim": 12,
              "vocab_size": 515
            }
            """;

    private static final String UNET = """
            {
              "_class_name": "UNet2DConditionModel",
              "attention_head_dim": 2,
              "block_out_channels": [8, 16],
              "cross_attention_dim": 16,
              "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
              "layers_per_block": 1,
              "norm_num_groups": 4,
              "sample_size": 8,
              "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"]
            }
            """;

    private static final String VAE = """
            {
              "_class_name": "AutoencoderKL",
              "block_out_channels": [4, 8],
              "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
              "norm_num_groups": 2,
              "scaling_factor": 0.5,
              "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"]
            }
            """;

    private static final String TOKENIZER = """
            {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "bos_token": "<|startoftext|>",
             "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}
            """;

    private TinyPipeline() {}

    /** Writes a small Stable Diffusion. */
    static ChangedFolder write(Path folder) {
        ChangedFolder pipeline = new ChangedFolder(folder);
        List.of("scheduler", "unet", "vae").forEach(part -> create(folder.resolve(part)));
        pipeline.with("model_index.json", INDEX)
                .with("scheduler/scheduler_config.json", SCHEDULER)
                .with("unet/config.json", UNET)
                .with("vae/config.json", VAE);
        texts(pipeline, "");
        Shapes unet =
                UNetConfig.read(folder.resolve("unet/config.json")).network().shapes();
        Shapes vae = AutoencoderConfig.read(folder.resolve("vae/config.json"))
                .network()
                .shapes();
        write(folder.resolve("unet/" + ChangedFolder.NETWORK), unet);
        write(folder.resolve("vae/" + ChangedFolder.NETWORK), vae);
        return pipeline;
    }

    /** Writes a small Stable Diffusion XL. */
    static ChangedFolder writeLarge(Path folder) {
        ChangedFolder pipeline = write(folder);
        texts(pipeline, "_2");
        return pipeline.with(
                        "model_index.json",
                        INDEX.replace("StableDiffusionPipeline", "StableDiffusionXLPipeline")
                                .replace(
                                        "\"safety_checker\": [null, null]",
                                        "\"text_encoder_2\": [\"transformers\", \"CLIPTextModelWithProjection\"],"
                                                + " \"tokenizer_2\": [\"transformers\", \"CLIPTokenizer\"]"))
                .with(
                        "unet/config.json",
                        UNET.replace(
                                "\"cross_attention_dim\": 16",
                                "\"cross_attention_dim\": 32, \"addition_embed_type\": \"text_time\","
                                        + " \"addition_time_embed_dim\": 4,"
                                        + " \"projection_class_embeddings_input_dim\": 36"))
                .withNetwork("unet");
    }

    private static void texts(ChangedFolder pipeline, String suffix) {
        create(pipeline.path().resolve("text_encoder" + suffix));
        create(pipeline.path().resolve("tokenizer" + suffix));
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String end : List.of("", ByteAlphabet.END_OF_WORD)) {
            for (int i = 0; i < 256; i++) {
                ids.put(ByteAlphabet.at(i) + end, ids.size());
            }
        }
        ids.put("an" + ByteAlphabet.END_OF_WORD, ids.size());
        ids.put("<|startoftext|>", ids.size());
        ids.put("<|endoftext|>", ids.size());
        try {
            pipeline.with("text_encoder" + suffix + "/config.json", TEXT_ENCODER)
                    .with("tokenizer" + suffix + "/tokenizer_config.json", TOKENIZER)
                    .with("tokenizer" + suffix + "/merges.txt", "#version: 0.2\na n</w>\n")
                    .with("tokenizer" + suffix + "/vocab.json", new JsonMapper().writeValueAsString(ids));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(pipeline.path().resolve("text_encoder" + suffix + "/" + ChangedFolder.TEXT), textShapes(suffix));
    }

    private static Shapes textShapes(String suffix) {
        Shapes shapes = new Shapes()
                .with("text_model.embeddings.token_embedding.weight", 515, 16)
                .with("text_model.embeddings.position_embedding.weight", 77, 16);
        for (int layer = 0; layer < 2; layer++) {
            String prefix = "text_model.encoder.layers." + layer + ".";
            shapes.withNorm(prefix + "layer_norm1", 16).withNorm(prefix + "layer_norm2", 16);
            List.of("q_proj", "k_proj", "v_proj", "out_proj")
                    .forEach(name -> shapes.withLinear(prefix + "self_attn." + name, 16, 16));
            shapes.withLinear(prefix + "mlp.fc1", 16, 32).withLinear(prefix + "mlp.fc2", 32, 16);
        }
        shapes.withNorm("text_model.final_layer_norm", 16);
        return suffix.isEmpty() ? shapes : shapes.with("text_projection.weight", 12, 16);
    }

    /** Writes random tensors: normalisations near 1, all else small. */
    static void write(Path file, Shapes shapes) {
        Random random = new Random(1);
        List<TensorData> tensors = new ArrayList<>();
        shapes.asMap().forEach((name, shape) -> {
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            boolean norm = name.contains("norm") && name.endsWith(".weight");
            for (int i = 0; i < values.length; i++) {
                values[i] = (norm ? 1 : 0) + 0.1f * (float) random.nextGaussian();
            }
            tensors.add(TensorData.of(name, values, shape));
        });
        SafetensorsFile.write(file, Map.of(), tensors);
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
