package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Faults;
import dev.clap4j.Numbers;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.GeometryHints;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files inside or beside a model that change its features: the reference's features, never those without them. */
class ModelVariantTests {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path temporary;

    @Test
    void patchesAreAveraged() {
        Path folder = Faults.file("openclip-global-average-pool");
        assertImages(Checkpoint.open(folder), reference("openclip-global-average-pool"), "expected_image");
    }

    /** open_clip 3.3 with {@code pool_type: avg, final_ln_after_pool: true} and the same weights and pixels. */
    @Test
    void patchesAreAveragedBeforeTheyAreNormalised() throws IOException {
        Path folder = Faults.file("openclip-global-average-pool");
        String config = Files.readString(folder.resolve("open_clip_config.json"))
                .replace("\"global_average_pool\": true", "\"pool_type\": \"avg\", \"final_ln_after_pool\": true");
        Files.writeString(temporary.resolve("open_clip_config.json"), config);
        Files.copy(folder.resolve("open_clip_model.safetensors"), temporary.resolve("open_clip_model.safetensors"));
        Checkpoint checkpoint = Checkpoint.open(temporary);
        assertThat(checkpoint.fingerprint())
                .isNotEqualTo(Checkpoint.open(folder).fingerprint());
        float[] expected = {
            -0.1130845f, 0.4136747f, -0.4338192f, 0.1341152f, 0.6513559f, -0.2503297f, -0.0328856f, -0.4833883f,
            -0.0937104f, 0.4098648f, -0.5062101f, 0.0664784f, 0.7356286f, -0.2318228f, -0.0316122f, -0.8087841f,
            -0.1041973f, 0.4169521f, -0.5044021f, 0.0414451f, 0.7749528f, -0.1775145f, -0.0299805f, -0.6781256f,
        };
        try (ClipModel model = ClipModel.of(checkpoint, OrtEngine.create(), Overflow.ERROR)) {
            Numbers.assertClose(
                    PreparedInputs.encodePixels(
                                    model,
                                    reference("openclip-global-average-pool").get("pixels"))
                            .values(),
                    expected,
                    TOLERANCE);
        }
    }

    @Test
    void anAdapterBesideTheWeightsIsMerged() {
        Checkpoint adapted = Checkpoint.open(Faults.file("hf-lora-beside"));
        assertImages(adapted, reference("hf-lora-beside"), "expected_image");
        assertThat(adapted.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "model.safetensors", "adapter_config.json", "adapter_model.safetensors", "config.json");
    }

    @Test
    void theModelWithoutItsAdapterIsAnother() throws IOException {
        for (String name : new String[] {"model.safetensors", "config.json"}) {
            Files.copy(Faults.file("hf-lora-beside/" + name), temporary.resolve(name));
        }
        Checkpoint plain = Checkpoint.open(temporary);
        assertImages(plain, reference("hf-lora-beside"), "image_without_adapter");
        assertThat(plain.fingerprint())
                .isNotEqualTo(Checkpoint.open(Faults.file("hf-lora-beside")).fingerprint());
    }

    @Test
    void whatWeightsCannotSayIsTakenFromTheUser() {
        SafetensorsFile reference = reference("no-config-gelu-heads");
        Checkpoint checkpoint = Checkpoint.open(
                Faults.file("no-config-gelu-heads/vit_b_32-laion2b_e16.pt"), new GeometryHints(Activation.GELU, 2, 2));
        assertImages(checkpoint, reference, "expected_image");
        try (ClipModel model = ClipModel.of(checkpoint, OrtEngine.create(), Overflow.ERROR)) {
            Numbers.assertClose(
                    PreparedInputs.encodeTokens(model, reference.get("tokens")).values(),
                    reference.get("expected_text").toFloats(),
                    TOLERANCE);
        }
    }

    private static SafetensorsFile reference(String fault) {
        return SafetensorsFile.open(Faults.file(fault + "/reference.safetensors"));
    }

    private static void assertImages(Checkpoint checkpoint, SafetensorsFile reference, String expected) {
        try (ClipModel model = ClipModel.of(checkpoint, OrtEngine.create(), Overflow.ERROR)) {
            Numbers.assertClose(
                    PreparedInputs.encodePixels(model, reference.get("pixels")).values(),
                    reference.get(expected).toFloats(),
                    TOLERANCE);
        }
    }
}
