package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.Shared;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what PyTorch wrote; its values equal those of the safetensors files exactly. */
class TorchFileTests {
    static Stream<Arguments> files() {
        return GoldenModel.all().stream()
                .flatMap(model -> model.torchFiles().stream().map(file -> Arguments.of(model, file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void valuesEqualTheSafetensorsFile(GoldenModel model, String file) {
        TensorFile expected = TensorFile.open(model.weights());
        TensorFile actual = TensorFile.open(Golden.file(file));

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
        for (GoldenModel model : GoldenModel.all()) {
            TensorFile file = TensorFile.open(model.file("openai/model_torchscript.pt"));
            assertThat(file.get("input_resolution").toLongs()).containsExactly(model.size("image_resolution"));
            assertThat(file.get("vocab_size").toLongs()).containsExactly(model.size("vocab_size"));
            model.config().get("torchscript_dtypes").properties().forEach(type -> assertThat(
                            file.info(type.getKey()).type())
                    .as(type.getKey())
                    .isEqualTo(
                            switch (type.getValue().asText()) {
                                case "float16" -> DataType.F16;
                                case "float32" -> DataType.F32;
                                default -> DataType.I64;
                            }));
        }
    }

    @Tag(Shared.TAG)
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
        TensorFile file = TensorFile.open(Golden.file("adversarial/"
                + Golden.json("adversarial/results.json").at("/head/file").asText()));
        assertThat(file.names())
                .isEqualTo(Set.of(
                        "network_psi.linear.weight",
                        "network_psi.linear.bias",
                        "network_psi.projection.weight",
                        "network_beta.linear.weight",
                        "network_beta.linear.bias",
                        "network_beta.projection.weight"));
        assertThat(file.get("network_beta.linear.weight").shape())
                .containsExactly(
                        Golden.json("adversarial/results.json")
                                .at("/head/latent_dim")
                                .asInt(),
                        GoldenModel.VIT.size("embed_dim"));
    }
}
