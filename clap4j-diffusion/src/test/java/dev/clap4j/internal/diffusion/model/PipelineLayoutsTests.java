package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TorchArchive;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same pipeline in every layout that is published: the same numbers. */
class PipelineLayoutsTests {
    private static final String UNET = "unet/" + ChangedFolder.NETWORK;
    private static final String VAE = "vae/" + ChangedFolder.NETWORK;
    private static final String TEXT = "text_encoder/" + ChangedFolder.TEXT;
    private static final String ATTENTION = ".mid_block.attentions.0.";

    @TempDir
    private Path temporary;

    private GoldenPipeline golden;
    private ChangedFolder folder;

    @BeforeEach
    void copy() {
        golden = new GoldenPipeline(GoldenPipeline.names().get(0));
        folder = ChangedFolder.of(golden.folder(), temporary.resolve("pipeline"));
    }

    private List<float[]> numbers(Path pipeline) {
        try (DiffusionModel model = PipelineFolder.open(pipeline, OrtEngine.create())) {
            String example = golden.cases("unet").get(0);
            TensorData z =
                    golden.module("vae_decode." + golden.cases("vae_decode").get(0) + ".z");
            TensorData pixels = golden.pixels(golden.cases("vae_encode").get(0));
            return List.of(
                    model.prompts()
                            .encode(golden.prompts().subList(0, 2), 0)
                            .hidden()
                            .toFloats(),
                    golden.predict(model, example).toFloats(),
                    model.autoencoder().decode(z).toFloats(),
                    model.autoencoder().encode(pixels).mean().toFloats());
        }
    }

    private void assertSame() {
        assertThat(numbers(folder.path())).usingRecursiveComparison().isEqualTo(numbers(golden.folder()));
    }

    @Test
    void namesOfTheAutoencodersAttentionMayBeThoseOf2022() {
        Map<String, String> old = Map.of("to_q", "query", "to_k", "key", "to_v", "value", "to_out.0", "proj_attn");
        boolean isOld =
                folder.tensors(VAE).stream().anyMatch(tensor -> tensor.name().contains(".proj_attn."));
        folder.rename(VAE, name -> {
            String renamed = name;
            for (Map.Entry<String, String> pair : old.entrySet()) {
                String from = isOld ? pair.getValue() : pair.getKey();
                String to = isOld ? pair.getKey() : pair.getValue();
                renamed = renamed.replace(ATTENTION + from + ".", ATTENTION + to + ".");
            }
            return renamed;
        });
        assertSame();
    }

    @Test
    void textEncodersMayHaveAPrefixAndPositions() {
        String prefix = "text_model.";
        boolean prefixed =
                folder.tensors(TEXT).stream().anyMatch(tensor -> tensor.name().startsWith(prefix));
        folder.rename(TEXT, name -> prefixed ? name.replace(prefix, "") : prefix + name);
        List<TensorData> tensors = new ArrayList<>(folder.tensors(TEXT));
        tensors.removeIf(tensor -> tensor.name().endsWith("position_ids"));
        tensors.add(TensorData.of((prefixed ? "" : prefix) + "embeddings.position_ids", new long[] {0, 1}, 1, 2));
        folder.withTensors(TEXT, TEXT, tensors);
        assertSame();
    }

    @Test
    void weightsMayBeInShards() throws IOException {
        List<TensorData> tensors = folder.tensors(UNET);
        int half = tensors.size() / 2;
        Map<String, String> places = new LinkedHashMap<>();
        for (int shard = 1; shard <= 2; shard++) {
            String name = "diffusion_pytorch_model-0000" + shard + "-of-00002.safetensors";
            List<TensorData> part = shard == 1 ? tensors.subList(0, half) : tensors.subList(half, tensors.size());
            part.forEach(tensor -> places.put(tensor.name(), name));
            folder.with("unet/" + name, "").withTensors("unet/" + name, "unet/" + name, part);
        }
        String index = new JsonMapper().writeValueAsString(Map.of("metadata", Map.of(), "weight_map", places));
        folder.without(UNET).with(UNET + ".index.json", index);
        assertSame();
        folder.without(UNET + ".index.json").with("unet/diffusion_pytorch_model.safetensors.index.fp16.json", index);
        assertSame();
    }

    @Test
    void weightsMayBePyTorchs() throws IOException {
        TorchArchive.of(folder.tensors(VAE)).write(folder.path().resolve("vae/diffusion_pytorch_model.bin"));
        folder.without(VAE);
        assertSame();
    }

    /** The same as 32-bit files of the rounded numbers; and the 32-bit files are preferred. */
    @Test
    void weightsMayBe16BitFloats() {
        List<String> files = List.of(UNET, VAE, TEXT);
        Map<String, List<TensorData>> rounded = files.stream()
                .collect(Collectors.toMap(file -> file, file -> folder.tensors(file).stream()
                        .map(tensor -> tensor.type().isFloat() ? tensor.toF16() : tensor)
                        .toList()));
        files.forEach(file -> folder.with(file.replace(".safetensors", ".fp16.safetensors"), "")
                .withTensors(
                        file.replace(".safetensors", ".fp16.safetensors"),
                        file.replace(".safetensors", ".fp16.safetensors"),
                        rounded.get(file)));
        assertSame();
        files.forEach(folder::without);
        ChangedFolder wide = ChangedFolder.of(golden.folder(), temporary.resolve("wide"));
        files.forEach(file -> wide.withTensors(
                file,
                file,
                rounded.get(file).stream()
                        .map(tensor -> tensor.type().isFloat() ? tensor.toF32() : tensor)
                        .toList()));
        assertThat(numbers(folder.path())).usingRecursiveComparison().isEqualTo(numbers(wide.path()));
        assertThat(numbers(folder.path())).usingRecursiveComparison().isNotEqualTo(numbers(golden.folder()));
    }

    @Test
    void partsCanBeUnloadedAndUsedAgain() {
        try (DiffusionModel model = golden.open()) {
            float[] before =
                    model.prompts().encode(golden.prompts(), 0).hidden().toFloats();
            model.prompts().unload();
            model.denoiser().unload();
            assertThat(model.prompts().encode(golden.prompts(), 0).hidden().toFloats())
                    .isEqualTo(before);
        }
    }

    /** A row's numbers do not depend on the others of its batch. */
    @Test
    void rowsDoNotDependOnTheirBatch() {
        try (DiffusionModel model = golden.open()) {
            float[] together =
                    model.prompts().encode(golden.prompts(), 0).hidden().toFloats();
            float[] alone = model.prompts()
                    .encode(golden.prompts().subList(0, 1), 0)
                    .hidden()
                    .toFloats();
            assertThat(Arrays.copyOf(together, alone.length)).isEqualTo(alone);
        }
    }
}
