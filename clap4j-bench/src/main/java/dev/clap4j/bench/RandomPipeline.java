package dev.clap4j.bench;

import dev.clap4j.internal.diffusion.network.AutoencoderKl;
import dev.clap4j.internal.diffusion.network.GroupNorm;
import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.diffusion.network.UNet2DCondition;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.Shapes;
import dev.clap4j.internal.tokenizer.pipeline.ByteAlphabet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A pipeline of Stable Diffusion 1.5's geometry with weights made up by rule, in 16-bit floats. */
final class RandomPipeline {
    private static final int TEXT_WIDTH = 768;
    private static final int TEXT_LAYERS = 12;
    private static final int VOCABULARY = 49408;

    /** The pattern of all weights, of a prime length so that rows differ. */
    private static final int PERIOD = 1_000_003;

    private RandomPipeline() {}

    /** Returns the denoiser, of 860 million parameters. */
    static UNet2DCondition denoiser() {
        List<UNet2DCondition.Level> levels = new ArrayList<>();
        for (int channels : new int[] {320, 640, 1280, 1280}) {
            boolean attends = levels.size() < 3;
            levels.add(new UNet2DCondition.Level(channels, 2, 8, 1, 1, attends, attends));
        }
        return new UNet2DCondition(
                4,
                4,
                3,
                3,
                levels,
                true,
                TEXT_WIDTH,
                new TimeEmbedding(320, 1280, 0, 0, Activation.SILU),
                false,
                new GroupNorm(32, 1e-5f),
                Activation.SILU);
    }

    private static AutoencoderKl autoencoder() {
        return new AutoencoderKl(
                3, 4, List.of(128, 256, 512, 512), 2, true, true, true, new GroupNorm(32, 1e-6f), Activation.SILU);
    }

    private static Shapes textEncoder() {
        Shapes shapes = new Shapes()
                .with("text_model.embeddings.token_embedding.weight", VOCABULARY, TEXT_WIDTH)
                .with("text_model.embeddings.position_embedding.weight", 77, TEXT_WIDTH);
        for (int layer = 0; layer < TEXT_LAYERS; layer++) {
            String prefix = "text_model.encoder.layers." + layer + ".";
            shapes.withNorm(prefix + "layer_norm1", TEXT_WIDTH).withNorm(prefix + "layer_norm2", TEXT_WIDTH);
            List.of("q_proj", "k_proj", "v_proj", "out_proj")
                    .forEach(name -> shapes.withLinear(prefix + "self_attn." + name, TEXT_WIDTH, TEXT_WIDTH));
            shapes.withLinear(prefix + "mlp.fc1", TEXT_WIDTH, 4 * TEXT_WIDTH)
                    .withLinear(prefix + "mlp.fc2", 4 * TEXT_WIDTH, TEXT_WIDTH);
        }
        return shapes.withNorm("text_model.final_layer_norm", TEXT_WIDTH);
    }

    /** Writes the pipeline, 2 GB. */
    static void write(Path folder) {
        text(folder.resolve("model_index.json"), """
                {"_class_name": "StableDiffusionPipeline", "scheduler": ["diffusers", "DDIMScheduler"],
                 "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"],
                 "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]}""");
        text(folder.resolve("scheduler/scheduler_config.json"), "{\"_class_name\": \"DDIMScheduler\"}");
        text(folder.resolve("text_encoder/config.json"), """
                {"model_type": "clip_text_model", "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,
                 "num_hidden_layers": 12, "eos_token_id": 2}""");
        text(folder.resolve("unet/config.json"), """
                {"_class_name": "UNet2DConditionModel", "cross_attention_dim": 768, "sample_size": 64}""");
        text(folder.resolve("vae/config.json"), """
                {"_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2,
                 "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
                 "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}""");
        tokenizer(folder.resolve("tokenizer"));
        weights(folder.resolve("text_encoder/model.fp16.safetensors"), textEncoder());
        weights(
                folder.resolve("unet/diffusion_pytorch_model.fp16.safetensors"),
                denoiser().shapes());
        weights(
                folder.resolve("vae/diffusion_pytorch_model.fp16.safetensors"),
                autoencoder().shapes());
    }

    private static void tokenizer(Path folder) {
        StringBuilder ids = new StringBuilder("{");
        for (int i = 0; i < 512; i++) {
            String letter = ByteAlphabet.at(i % 256).replace("\\", "\\\\").replace("\"", "\\\"");
            ids.append('"')
                    .append(letter)
                    .append(i < 256 ? "" : ByteAlphabet.END_OF_WORD)
                    .append("\": ")
                    .append(i)
                    .append(", ");
        }
        ids.append("\"an</w>\": 512, \"<|startoftext|>\": 513, \"<|endoftext|>\": 514}");
        text(folder.resolve("vocab.json"), ids.toString());
        text(folder.resolve("merges.txt"), "#version: 0.2\na n</w>\n");
        text(folder.resolve("tokenizer_config.json"), """
                {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "bos_token": "<|startoftext|>",
                 "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>", "pad_token": "<|endoftext|>"}""");
    }

    private static void text(Path file, String content) {
        AtomicFiles.writeBytes(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void weights(Path file, Shapes shapes) {
        TensorData pattern = TensorData.of("pattern", Samples.gaussians(PERIOD, 1), PERIOD);
        List<TensorInfo> infos = new ArrayList<>();
        shapes.asMap().forEach((name, shape) -> infos.add(new TensorInfo(name, DataType.F16, shape)));
        SafetensorsFile.write(file, Map.of(), infos, info -> tensor(info, pattern));
    }

    /** Returns a tensor that keeps the size of what passes through: weights by the number of inputs, norms of 1. */
    private static TensorData tensor(TensorInfo info, TensorData pattern) {
        long[] shape = info.shape();
        long inputs = Math.max(1, Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
        boolean norm = shape.length == 1 && info.name().endsWith(".weight");
        float size = shape.length == 1 ? 0 : (float) Math.sqrt(1.0 / inputs);
        float[] values = new float[PERIOD];
        for (int i = 0; i < PERIOD; i++) {
            values[i] = (norm ? 1 : 0) + size * pattern.floatAt(i);
        }
        ByteBuffer halves = TensorData.of("halves", values, PERIOD).toF16().bytes();
        ByteBuffer bytes = TensorData.allocate(2 * info.elements());
        while (bytes.hasRemaining()) {
            bytes.put(halves.slice(0, Math.min(halves.capacity(), bytes.remaining())));
        }
        return new TensorData(info.name(), DataType.F16, shape, bytes.flip());
    }
}
