package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Shared;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what PyTorch wrote; its values equal those of the safetensors files exactly. */
class TorchFileTests {
    @ParameterizedTest
    @CsvSource({
        "clip-vit-tiny/openai, model_state_dict.pt",
        "clip-vit-tiny/openai, model_torchscript.pt",
        "clip-resnet-tiny/openai, model_state_dict_fp16.pt",
        "clip-resnet-tiny/openai, model_torchscript.pt",
    })
    void valuesEqualTheSafetensorsFile(String folder, String name) {
        TensorFile expected = TensorFile.open(Shared.golden(folder + "/model.safetensors"));
        TensorFile actual = TensorFile.open(Shared.golden(folder + "/" + name));

        assertThat(actual).isInstanceOf(TorchFile.class);
        assertThat(actual.names()).containsAll(expected.names());
        for (String tensor : expected.names()) {
            TensorData want = expected.get(tensor);
            TensorData have = actual.get(tensor);
            assertThat(have.shape()).as(tensor).isEqualTo(want.shape());
            assertThat(actual.info(tensor).shape()).as(tensor).isEqualTo(want.shape());
            if (want.type().isFloat()) {
                assertThat(have.toFloats()).as(tensor).isEqualTo(want.toFloats());
            } else {
                assertThat(have.toLongs()).as(tensor).isEqualTo(want.toLongs());
            }
        }
    }

    @Test
    void aTorchScriptArchiveKeepsItsScalars() {
        TensorFile file = TensorFile.open(Shared.golden("clip-vit-tiny/openai/model_torchscript.pt"));
        assertThat(file.get("input_resolution").toLongs()).containsExactly(32);
        assertThat(file.get("vocab_size").toLongs()).containsExactly(500);
        assertThat(file.info("visual.proj").type()).isEqualTo(DataType.F16);
        assertThat(file.info("visual.ln_pre.weight").type()).isEqualTo(DataType.F32);
    }

    @Test
    void aRealHeadIsReadThoughItLayOnAnAccelerator() {
        Path path = Shared.golden("head/real_checkpoint_7200.pth");
        TensorFile file = TensorFile.open(path);
        assertThat(file.names()).hasSize(6).contains("network_psi.linear.weight", "network_beta.projection.weight");
        assertThat(file.get("network_beta.linear.weight").shape()).containsExactly(256, 512);
        // The untrained image network is the identity: its projection is zero.
        assertThat(file.get("network_psi.projection.weight").toFloats()).containsOnly(0f);
        assertThat(file.get("network_beta.projection.weight").toFloats()).doesNotContain(Float.NaN);
    }

    @Test
    void aSmallHeadIsRead() {
        TensorFile file = TensorFile.open(Shared.golden("adversarial/head_checkpoint.pth"));
        assertThat(file.names())
                .isEqualTo(Set.of(
                        "network_psi.linear.weight",
                        "network_psi.linear.bias",
                        "network_psi.projection.weight",
                        "network_beta.linear.weight",
                        "network_beta.linear.bias",
                        "network_beta.projection.weight"));
        assertThat(file.get("network_beta.linear.weight").shape()).containsExactly(24, 64);
    }
}
