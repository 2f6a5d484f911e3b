package dev.clap4j.internal.diffusion.model;

import dev.clap4j.BadFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TorchArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Folders that must be refused, made from sound ones; in messages {@code {}} stands for the folder. */
final class BadPipelines {
    private static final String UNET = "unet/" + ChangedFolder.NETWORK;
    private static final String VAE = "vae/" + ChangedFolder.NETWORK;
    private static final String TEXT = "text_encoder/" + ChangedFolder.TEXT;

    private final Path temporary;
    private final List<BadFile> all = new ArrayList<>();

    private BadPipelines(Path temporary) {
        this.temporary = temporary;
    }

    /** Damages a pipeline. */
    @FunctionalInterface
    private interface Damage {
        void to(ChangedFolder folder) throws IOException;
    }

    static List<BadFile> all(Path temporary) {
        BadPipelines bad = new BadPipelines(temporary);
        bad.values();
        bad.files();
        bad.tensors();
        bad.large();
        return bad.all;
    }

    private Path next() {
        return temporary.resolve("p" + all.size());
    }

    private void add(String name, Damage damage, String message) {
        add(name, TinyPipeline.write(next()), damage, message);
    }

    private void add(String name, ChangedFolder folder, Damage damage, String message) {
        try {
            damage.to(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.add(new BadFile(
                name, folder.path(), message.replace("{}", folder.path().toString())));
    }

    /** Configurations with one value changed, from a table. */
    private void values() {
        try (InputStream table = BadPipelines.class.getResourceAsStream("bad-pipelines.txt")) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] parts = line.split(" \\| ", 4);
                add(
                        String.join(" ", parts[0], parts[1], parts[2]),
                        folder -> folder.set(parts[0], parts[1], parts[2]),
                        parts[3]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void files() {
        add("no index", folder -> folder.without("model_index.json"), "There is no file {}/model_index.json");
        add(
                "index that is a list",
                folder -> folder.with("model_index.json", "[]"),
                "Cannot read {}/model_index.json: it is not a JSON object");
        add(
                "index that is cut",
                folder -> folder.with("model_index.json", "{\"_class_name\": "),
                "Cannot read {}/model_index.json: it is not JSON: at line 1, column 17: Unexpected end-of-input "
                        + "within/between Object entries");
        add(
                "index that says things twice",
                folder -> folder.with("model_index.json", "{\"a\": 1, \"a\": 2}"),
                "Cannot read {}/model_index.json: it is not JSON: at line 1, column 13: Duplicate field 'a'");
        add(
                "no configuration of the denoiser",
                folder -> folder.without("unet/config.json"),
                "There is no file {}/unet/config.json");
        add(
                "no weights of the denoiser",
                folder -> folder.without(UNET),
                "The folder {}/unet has no weights: expected diffusion_pytorch_model.safetensors or "
                        + "model.safetensors, whole or in shards, also with .fp16 before the ending");
        add(
                "no weights of the text encoder",
                folder -> folder.without(TEXT),
                "The folder {}/text_encoder has no weights: expected diffusion_pytorch_model.safetensors or "
                        + "model.safetensors, whole or in shards, also with .fp16 before the ending");
        add(
                "no configuration of the scheduler",
                folder -> folder.without("scheduler/scheduler_config.json"),
                "There is no file {}/scheduler/scheduler_config.json");
        add(
                "no vocabulary",
                folder -> folder.without("tokenizer/vocab.json"),
                "There is {}/tokenizer/merges.txt but no {}/tokenizer/vocab.json: a vocabulary needs both files. "
                        + "Take vocab.json from the same model");
        add(
                "no merges",
                folder -> folder.without("tokenizer/merges.txt"),
                "There is {}/tokenizer/vocab.json but no {}/tokenizer/merges.txt: a vocabulary needs both files. "
                        + "Take merges.txt from the same model");
        add(
                "no folder of the autoencoder",
                folder -> folder.without(VAE).without("vae/config.json").without("vae"),
                "The pipeline in {} lacks its part vae: there is no folder {}/vae");
        add(
                "empty weights",
                folder -> folder.with(UNET, ""),
                "{}/unet/diffusion_pytorch_model.safetensors is empty (0 bytes); a tensor file was expected");
        add(
                "web page for weights",
                folder -> folder.with(UNET, "<!DOCTYPE html><title>Sign in</title>"),
                "Cannot read {}/unet/diffusion_pytorch_model.safetensors as safetensors: its header should be "
                        + "5789751444030890300 bytes long, but the file has 29 after the length; it is not a safetensors "
                        + "file, or it is truncated");
        add(
                "pointer for weights",
                folder -> folder.with(UNET, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
                "{}/unet/diffusion_pytorch_model.safetensors is a git-lfs pointer, not the file itself (which "
                        + "has 9 bytes); run \"git lfs pull\" in its folder, or download the file");
        add(
                "weights that are cut",
                folder -> {
                    byte[] bytes = Files.readAllBytes(folder.path().resolve(UNET));
                    Files.write(folder.path().resolve(UNET), Arrays.copyOf(bytes, bytes.length - 100));
                },
                "Cannot read {}/unet/diffusion_pytorch_model.safetensors as safetensors: tensor conv_out.weight "
                        + "lies at [206848,208000], outside the file's 207916 bytes of data; it is truncated or damaged");
        add(
                "index of shards without one",
                folder -> folder.without(UNET)
                        .with(UNET + ".index.json", "{\"weight_map\": {\"conv_in.bias\": \"one.safetensors\"}}"),
                "Cannot read {}/unet/diffusion_pytorch_model.safetensors.index.json as an index of shards: it "
                        + "names one.safetensors, which is missing; download all shards into the same folder");
        add(
                "index of shards that leads elsewhere",
                folder -> folder.without(UNET)
                        .with(UNET + ".index.json", "{\"weight_map\": {\"conv_in.bias\": \"../vae/config.json\"}}"),
                "Cannot read {}/unet/diffusion_pytorch_model.safetensors.index.json as an index of shards: it "
                        + "puts tensor conv_in.bias into \"../vae/config.json\", which is no file of its folder");
        add(
                "pickle that runs a command",
                folder -> {
                    byte[] pickle = "\u0080\u0002cposix\nsystem\nX\u0004\0\0\0echo\u0085R."
                            .getBytes(StandardCharsets.ISO_8859_1);
                    TorchArchive.of(pickle).write(folder.path().resolve("unet/diffusion_pytorch_model.bin"));
                    folder.without(UNET);
                },
                "Cannot read {}/unet/diffusion_pytorch_model.bin as a PyTorch file: its pickle asks for "
                        + "posix.system, which tensors do not need; nothing was run. If you trust the file, load it in "
                        + "Python and save only model.state_dict(), best as safetensors");
    }

    private void tensors() {
        add(
                "tensor that is missing",
                folder -> folder.withTensors(
                        UNET,
                        UNET,
                        folder.tensors(UNET).stream()
                                .filter(tensor -> !tensor.name().equals("conv_in.bias"))
                                .toList()),
                "{}/unet/diffusion_pytorch_model.safetensors lacks tensor conv_in.bias, which the model needs "
                        + "according to {}/unet/config.json");
        add(
                "tensor under another name",
                folder -> folder.rename(VAE, name -> name.replace("decoder.conv_out.bias", "decoder.conv_out.b")),
                "{}/vae/diffusion_pytorch_model.safetensors lacks tensor decoder.conv_out.bias, which the model "
                        + "needs according to {}/vae/config.json");
        add(
                "tensor too many",
                folder -> {
                    List<TensorData> tensors = new ArrayList<>(folder.tensors(UNET));
                    tensors.add(TensorData.of("controlnet_cond_embedding.bias", new float[] {1}, 1));
                    folder.withTensors(UNET, UNET, tensors);
                },
                "{}/unet/diffusion_pytorch_model.safetensors has a tensor that no network of its geometry has: "
                        + "controlnet_cond_embedding.bias; it is another kind of model, or its configuration belongs to "
                        + "another");
        add(
                "tensor of another shape",
                folder -> folder.map(
                        UNET, tensor -> tensor.name().equals("conv_in.weight") ? tensor.reshape(4, 8, 3, 3) : tensor),
                "{}/unet/diffusion_pytorch_model.safetensors: tensor conv_in.weight has the shape [4, 8, 3, 3], "
                        + "expected [8, 4, 3, 3] according to {}/unet/config.json");
        add(
                "integers for weights",
                folder -> folder.map(
                        VAE,
                        tensor -> tensor.name().equals("quant_conv.bias")
                                ? TensorData.of(tensor.name(), new long[8], 8)
                                : tensor),
                "{}/vae/diffusion_pytorch_model.safetensors: tensor quant_conv.bias I64[8] should hold "
                        + "floating-point numbers");
        add(
                "NaN in the denoiser",
                folder -> nan(folder, UNET, "mid_block.attentions.0.proj_in.bias"),
                "{}/unet/diffusion_pytorch_model.safetensors: tensor mid_block.attentions.0.proj_in.bias F32[16] "
                        + "holds NaN at [3]; the checkpoint is damaged, or its training failed");
        add(
                "NaN in the autoencoder",
                folder -> nan(folder, VAE, "decoder.mid_block.attentions.0.to_q.bias"),
                "{}/vae/diffusion_pytorch_model.safetensors: tensor decoder.mid_block.attentions.0.to_q.bias "
                        + "F32[8] holds NaN at [3]; the checkpoint is damaged, or its training failed");
        add(
                "NaN in the text encoder",
                folder -> nan(folder, TEXT, "text_model.final_layer_norm.bias"),
                "{}/text_encoder/model.safetensors: tensor text_model.final_layer_norm.bias F32[16] holds NaN at "
                        + "[3]; the checkpoint is damaged, or its training failed");
        add(
                "weights of another part",
                folder -> folder.withTensors(UNET, UNET, folder.tensors(VAE)),
                "{}/unet/diffusion_pytorch_model.safetensors lacks tensors time_embedding.linear_1.weight, "
                        + "time_embedding.linear_1.bias, time_embedding.linear_2.weight, time_embedding.linear_2.bias, "
                        + "conv_in.weight, conv_in.bias, … (208 in all), which the model needs according to "
                        + "{}/unet/config.json");
    }

    private static void nan(ChangedFolder folder, String file, String name) {
        folder.map(file, tensor -> {
            if (!tensor.name().equals(name)) {
                return tensor;
            }
            float[] values = tensor.toFloats();
            values[3] = Float.NaN;
            return TensorData.of(name, values, tensor.shape());
        });
    }

    /** Disagreements of Stable Diffusion XL. */
    private void large() {
        add(
                "XL /projection_class_embeddings_input_dim",
                TinyPipeline.writeLarge(next()),
                folder -> folder.set("unet/config.json", "/projection_class_embeddings_input_dim", "40"),
                "{}/unet/config.json: projection_class_embeddings_input_dim is 40, but for a "
                        + "StableDiffusionXLPipeline it should be 36");
        add(
                "XL /addition_embed_type",
                TinyPipeline.writeLarge(next()),
                folder -> folder.set("unet/config.json", "/addition_embed_type", "null"),
                "{}/unet/config.json has no addition_embed_type, but StableDiffusionXLPipeline needs \"text_time\"");
        add(
                "XL without its second tokenizer",
                TinyPipeline.writeLarge(next()),
                folder -> folder.set("model_index.json", "/tokenizer_2", "[null, null]"),
                "{}/model_index.json names no class of the part tokenizer_2, which the pipeline needs; expected "
                        + "[library, class]");
        add(
                "XL with another end of text",
                TinyPipeline.writeLarge(next()),
                folder -> folder.set("text_encoder_2/config.json", "/eos_token_id", "49407"),
                "{}/text_encoder_2/config.json: eos_token_id is 49407, but the tokenizer ends texts with 514");
        add(
                "XL with a shorter second tokenizer",
                TinyPipeline.writeLarge(next()),
                folder -> folder.set("tokenizer_2/tokenizer_config.json", "/model_max_length", "64"),
                "The tokenizers of {} pad texts to different lengths: 77 and 64");
    }
}
