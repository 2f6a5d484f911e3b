package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model, saved as training code saves it: always the reference's features. */
@Tag(Shared.TAG)
class TrainingCheckpointTests {
    /** As for all golden features. */
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.pt",
                "counter.pt",
                "device_dtype.pt",
                "legacy_not_zip.pt",
                "lightning_model_prefix.pt",
                "module_prefix.safetensors",
                "namespace.pt",
                "numpy_scalar.pt",
                "orig_mod.pt",
                "state_dict_ema.pt"
            })
    void featuresAreTheReferences(String name) {
        SafetensorsFile reference = SafetensorsFile.open(Shared.fault("training-checkpoints/reference.safetensors"));
        Checkpoint checkpoint = Checkpoint.open(Shared.fault("training-checkpoints/" + name));
        Checkpoint plain = Checkpoint.open(Shared.fault("training-checkpoints/plain.pt"));
        assertThat(checkpoint.fingerprint()).isEqualTo(plain.fingerprint());
        try (ClipModel model = ClipModel.of(checkpoint, OrtEngine.create(), Overflow.ERROR)) {
            Numbers.assertClose(
                    PreparedInputs.encodePixels(model, reference.get("pixels")).values(),
                    reference.get("expected_image").toFloats(),
                    TOLERANCE);
            Numbers.assertClose(
                    PreparedInputs.encodeTokens(model, reference.get("tokens")).values(),
                    reference.get("expected_text").toFloats(),
                    TOLERANCE);
        }
    }
}
