package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Adapters as PEFT saves them: merged as {@code W + s·B·A}, computed here again in 64 bits, or refused. */
class AdapterTests {
    private static final String PREFIX = "base_model.model.";
    private static final String QUERY = "vision_model.encoder.layers.0.self_attn.q_proj";
    private static final String FC1 = "text_model.encoder.layers.0.mlp.fc1";
    private static final String PATCHES = "vision_model.embeddings.patch_embedding";
    private static final String TOKENS = "text_model.embeddings.token_embedding";

    @TempDir
    private Path folder;

    private final List<TensorData> adapter = new ArrayList<>();

    @BeforeEach
    void model() throws IOException {
        BadCheckpoints.write(folder.resolve("model.safetensors"), SmallCheckpoint.huggingFaceTensors());
        Files.writeString(folder.resolve("config.json"), SmallCheckpoint.HUGGING_FACE_CONFIG);
    }

    private AdapterTests with(String name, long... shape) {
        adapter.add(SmallCheckpoint.tensor(PREFIX + name, shape));
        return this;
    }

    private Checkpoint open(String config) {
        try {
            BadCheckpoints.write(folder.resolve("adapter_model.safetensors"), adapter);
            Files.writeString(folder.resolve("adapter_config.json"), config);
            return Checkpoint.open(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double stored(String name, int i) {
        return adapter.stream()
                .filter(tensor -> tensor.name().equals(PREFIX + name))
                .findFirst()
                .orElseThrow()
                .floatAt(i);
    }

    @Test
    void aLinearLayerIsChangedByTheProductOfItsMatrices() {
        with(QUERY + ".lora_A.weight", 4, 64).with(QUERY + ".lora_B.weight", 64, 4);
        TensorData merged = open("{\"peft_type\": \"LORA\", \"r\": 4, \"lora_alpha\": 8}")
                .weights()
                .get("visual.transformer.resblocks.0.attn.in_proj_weight");
        TensorData own = SmallCheckpoint.tensor(QUERY + ".weight", 64, 64);
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 64; column++) {
                double expected = own.floatAt(row * 64 + column);
                for (int k = 0; k < 4; k++) {
                    expected += 2
                            * stored(QUERY + ".lora_B.weight", row * 4 + k)
                            * stored(QUERY + ".lora_A.weight", k * 64 + column);
                }
                assertThat((double) merged.floatAt(row * 64 + column)).isCloseTo(expected, within(1e-5));
            }
        }
        // The keys' rows come behind the queries', and are as they were.
        assertThat(merged.floatAt(64 * 64))
                .isEqualTo(SmallCheckpoint.tensor(QUERY.replace("q_proj", "k_proj") + ".weight", 64, 64)
                        .floatAt(0));
    }

    /** {@code alpha / sqrt(rank)}, with what the patterns say of rank and alpha. */
    @Test
    void modulesMayHaveTheirOwnRankAndStrength() {
        with(FC1 + ".lora_A.weight", 2, 64)
                .with(FC1 + ".lora_B.weight", 256, 2)
                .with(FC1 + ".lora_B.bias", 256)
                .with(QUERY + ".lora_A.weight", 8, 64)
                .with(QUERY + ".lora_B.weight", 64, 8);
        Checkpoint checkpoint = open("""
                {"peft_type": "LORA", "use_rslora": true, "lora_bias": true, "rank_pattern": {"mlp.fc1": 2},
                 "alpha_pattern": {"q_proj": 3, "text_model.encoder.layers.0.mlp.fc1": 5}}
                """);
        double expected = SmallCheckpoint.tensor(FC1 + ".weight", 256, 64).floatAt(1);
        double scaling = 5 / Math.sqrt(2);
        for (int k = 0; k < 2; k++) {
            expected += scaling * stored(FC1 + ".lora_B.weight", k) * stored(FC1 + ".lora_A.weight", k * 64 + 1);
        }
        assertThat((double) checkpoint
                        .weights()
                        .get("transformer.resblocks.0.mlp.c_fc.weight")
                        .floatAt(1))
                .isCloseTo(expected, within(1e-5));
        assertThat((double) checkpoint
                        .weights()
                        .get("transformer.resblocks.0.mlp.c_fc.bias")
                        .floatAt(7))
                .isCloseTo(
                        SmallCheckpoint.tensor(FC1 + ".bias", 256).floatAt(7)
                                + scaling * stored(FC1 + ".lora_B.bias", 7),
                        within(1e-5));
        double query = SmallCheckpoint.tensor(QUERY + ".weight", 64, 64).floatAt(0);
        for (int k = 0; k < 8; k++) {
            query += 3 / Math.sqrt(8) * stored(QUERY + ".lora_B.weight", k) * stored(QUERY + ".lora_A.weight", k * 64);
        }
        assertThat((double) checkpoint
                        .weights()
                        .get("visual.transformer.resblocks.0.attn.in_proj_weight")
                        .floatAt(0))
                .isCloseTo(query, within(1e-5));
    }

    @Test
    void convolutionsAndTablesAreChangedToo() {
        with(PATCHES + ".lora_A.weight", 2, 3, 8, 8)
                .with(PATCHES + ".lora_B.weight", 64, 2, 1, 1)
                .with(TOKENS + ".lora_embedding_A", 2, 10)
                .with(TOKENS + ".lora_embedding_B", 64, 2);
        Checkpoint checkpoint = open("{\"peft_type\": \"LORA\", \"r\": 2, \"lora_alpha\": 1}");
        int row = 5;
        int column = 100;
        double kernel = SmallCheckpoint.tensor(PATCHES + ".weight", 64, 3, 8, 8).floatAt(row * 192 + column);
        double token = SmallCheckpoint.tensor(TOKENS + ".weight", 10, 64).floatAt(row * 64 + 9);
        for (int k = 0; k < 2; k++) {
            kernel += 0.5
                    * stored(PATCHES + ".lora_B.weight", row * 2 + k)
                    * stored(PATCHES + ".lora_A.weight", k * 192 + column);
            token += 0.5
                    * stored(TOKENS + ".lora_embedding_A", k * 10 + row)
                    * stored(TOKENS + ".lora_embedding_B", 9 * 2 + k);
        }
        assertThat((double) checkpoint.weights().get("visual.conv1.weight").floatAt(row * 192 + column))
                .isCloseTo(kernel, within(1e-5));
        assertThat((double) checkpoint.weights().get("token_embedding.weight").floatAt(row * 64 + 9))
                .isCloseTo(token, within(1e-5));
    }

    @Test
    void biasesAndWholeModulesTakeTheModelsPlace() {
        with(QUERY + ".lora_A.weight", 8, 64)
                .with(QUERY + ".lora_B.weight", 64, 8)
                .with(QUERY + ".base_layer.bias", 64)
                .with("visual_projection.weight", 8, 64);
        Checkpoint checkpoint = open(
                "{\"peft_type\": \"LORA\", \"bias\": \"lora_only\", \"modules_to_save\": [\"visual_projection\"]}");
        assertThat(checkpoint
                        .weights()
                        .get("visual.transformer.resblocks.0.attn.in_proj_bias")
                        .floatAt(3))
                .isEqualTo((float) stored(QUERY + ".base_layer.bias", 3));
        assertThat(checkpoint.weights().get("visual.proj").floatAt(3 * 8 + 5)) // stored as its transpose
                .isEqualTo((float) stored("visual_projection.weight", 5 * 64 + 3));
    }

    @Test
    void everyKeyThatPeftWritesIsKnown() {
        with(QUERY + ".lora_A.weight", 4, 64).with(QUERY + ".lora_B.weight", 64, 4);
        open("""
                {"alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null, "auto_mapping": null,
                 "base_model_name_or_path": "openai/clip-vit-base-patch32", "bias": "none", "corda_config": null,
                 "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false,
                 "inference_mode": true, "init_lora_weights": true, "kasa_config": null, "layer_replication": null,
                 "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 8,
                 "lora_bias": false, "lora_dropout": 0.0, "lora_ga_config": null, "megatron_config": null,
                 "megatron_core": "megatron.core", "modules_to_save": null, "monteclora_config": null,
                 "peft_type": "LORA", "peft_version": "0.21.0", "qalora_group_size": 16, "r": 4, "rank_pattern": {},
                 "revision": null, "target_modules": ["fc1", "q_proj"], "target_parameters": null, "task_type": null,
                 "trainable_token_indices": null, "use_bdlora": null, "use_dora": false, "use_qalora": false,
                 "use_rslora": false, "velora_config": null}
                """).verify();
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotUnderstoodIsRefused() {
        with(QUERY + ".lora_A.weight", 4, 64).with(QUERY + ".lora_B.weight", 64, 4);
        return Stream.of(
                        List.of("{}", "adapter_config.json has no peft_type; expected \"LORA\""),
                        List.of("{\"peft_type\": \"LOHA\"}", "peft_type is \"LOHA\", expected \"LORA\""),
                        List.of("{\"peft_type\": \"LORA\", \"use_dora\": true}", "use_dora is true, expected false"),
                        List.of(
                                "{\"peft_type\": \"LORA\", \"init_lora_weights\": \"pissa\"}",
                                "init_lora_weights is \"pissa\", expected one of"),
                        List.of("{\"peft_type\": \"LORA\", \"new_idea\": 1}", "new_idea is 1, but this key is unknown"),
                        List.of(
                                "{\"peft_type\": \"LORA\", \"r\": 4, \"alpha_pattern\": {\".*fc\": 1}}",
                                "expected names of modules; regular expressions are not supported"),
                        List.of(
                                "{\"peft_type\": \"LORA\"}",
                                "the rank 8.0, but its matrix in the adapter has the rank 4"))
                .map(bad -> DynamicTest.dynamicTest(bad.get(0), () -> assertThatThrownBy(() -> open(bad.get(0)))
                        .isInstanceOf(ClapException.class)
                        .hasMessageContaining(bad.get(1))));
    }

    @Test
    void tensorsThatHaveNoPlaceAreRefused() {
        String config = "{\"peft_type\": \"LORA\", \"r\": 4}";
        with(QUERY + ".lora_A.weight", 4, 64);
        refused(config, "has no tensor " + PREFIX + QUERY + ".lora_B.weight");
        adapter.clear();
        with(QUERY + ".lora_B.weight", 64, 4);
        refused(config, "has no tensor " + QUERY + ".lora_B.weight");
        adapter.clear();
        with(QUERY + ".lora_A.weight", 4, 64)
                .with(QUERY + ".lora_B.weight", 64, 4)
                .with(QUERY + ".lora_magnitude_vector", 64);
        refused(config, "has no tensor " + QUERY + ".lora_magnitude_vector");
        adapter.clear();
        with(QUERY + ".lora_A.weight", 4, 32).with(QUERY + ".lora_B.weight", 64, 4);
        refused(config, "F32[64, 4], but " + folder.resolve("model.safetensors") + " has the tensor " + QUERY);
        adapter.clear();
        with(QUERY + ".lora_A.weight", 4, 64)
                .with(QUERY + ".lora_B.weight", 64, 4)
                .with(QUERY + ".weight", 64, 64);
        refused(config, "other tensors of it change " + QUERY + ".weight already");
    }

    private void refused(String config, String message) {
        assertThatThrownBy(() -> open(config)).isInstanceOf(ClapException.class).hasMessageContaining(message);
    }

    @Test
    void halfAnAdapterIsNotPassedOver() throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\"}");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(ClapException.class)
                .hasMessage("Beside " + folder.resolve("model.safetensors") + " is half of an adapter: there is"
                        + " adapter_config.json, but no adapter_model.safetensors; add it, or remove the other");
    }

    @Test
    void anAdapterWithoutItsModelIsNamed() throws IOException {
        with(QUERY + ".lora_A.weight", 4, 64).with(QUERY + ".lora_B.weight", 64, 4);
        open("{\"peft_type\": \"LORA\", \"r\": 4}");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("adapter_model.safetensors")))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder.resolve("adapter_model.safetensors")
                        + " is an adapter: give the weights that it is for, or the folder of both");
        Files.delete(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(ClapException.class)
                .hasMessage("The folder " + folder + " holds an adapter, but not the model it is for: put the model's"
                        + " weights and configuration beside it");
    }
}
