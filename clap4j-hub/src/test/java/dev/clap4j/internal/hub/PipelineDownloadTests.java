package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines of diffusers on a hub: the parts that make pictures, each once, in one precision. */
class PipelineDownloadTests {
    private static final String MODEL = "owner/diffusion";
    private static final String NETWORK = "diffusion_pytorch_model";

    @TempDir
    private Path folder;

    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
        with("model_index.json", """
                {"_class_name": "StableDiffusionPipeline", "scheduler": ["diffusers", "PNDMScheduler"],
                 "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"],
                 "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"],
                 "safety_checker": [null, null]}""");
        List.of(
                        "README.md",
                        "v1-5-pruned.safetensors",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "text_encoder/model.fp16.safetensors",
                        "text_encoder/pytorch_model.bin",
                        "tokenizer/merges.txt",
                        "tokenizer/vocab.json",
                        "tokenizer/tokenizer_config.json",
                        "unet/config.json",
                        "unet/" + NETWORK + ".bin",
                        "unet/" + NETWORK + ".non_ema.safetensors",
                        "unet/model.onnx",
                        "vae/config.json",
                        "vae/" + NETWORK + ".fp16.safetensors",
                        "safety_checker/config.json",
                        "safety_checker/model.safetensors")
                .forEach(name -> with(name, name));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void with(String name, String content) {
        server.with(MODEL, name, content);
    }

    private void withShards() {
        with("unet/" + NETWORK + ".safetensors.index.json", """
                {"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}""");
        with("unet/one.safetensors", "one");
    }

    private Path find() {
        Map<String, String> environment = Map.of(
                "HF_ENDPOINT",
                server.endpoint(),
                "HF_HUB_CACHE",
                folder.resolve("cache").toString());
        return NamedModels.of(environment, folder, Duration.ofMillis(10)).find(MODEL, Progress.NONE);
    }

    private static List<String> files(Path snapshot) throws IOException {
        try (Stream<Path> files = Files.walk(snapshot)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> snapshot.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyPartIsThereOnceAndNothingElse() throws IOException {
        withShards();
        with("unet/two.safetensors", "two");
        Path found = find();
        assertThat(files(found))
                .containsExactly(
                        "model_index.json",
                        "scheduler/scheduler_config.json",
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors",
                        "tokenizer/merges.txt",
                        "tokenizer/tokenizer_config.json",
                        "tokenizer/vocab.json",
                        "unet/config.json",
                        "unet/" + NETWORK + ".safetensors.index.json",
                        "unet/one.safetensors",
                        "unet/two.safetensors",
                        "vae/config.json",
                        "vae/" + NETWORK + ".fp16.safetensors");
        assertThat(found.resolve("unet/one.safetensors")).hasContent("one");
        int before = server.requests.size();
        assertThat(find()).isEqualTo(found);
        assertThat(server.requests).hasSize(before);
    }

    @Test
    void aPipelineWithoutOneOfItsPartsIsDownloadedAgain() throws IOException {
        with("unet/" + NETWORK + ".safetensors", "unet");
        Path found = find();
        Files.delete(found.resolve("vae/" + NETWORK + ".fp16.safetensors"));
        assertThat(find().resolve("vae/" + NETWORK + ".fp16.safetensors")).exists();
    }

    @Test
    void missingShardsAreNamed() {
        withShards();
        assertThatThrownBy(this::find)
                .isInstanceOf(ClapException.class)
                .hasMessage(MODEL + " lacks parts of its weights that unet/" + NETWORK
                        + ".safetensors.index.json names: unet/two.safetensors");
    }
}
