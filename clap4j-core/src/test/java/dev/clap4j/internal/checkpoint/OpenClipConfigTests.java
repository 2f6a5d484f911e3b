package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.VisionTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenClipConfigTests {
    @TempDir
    private Path temporary;

    @Test
    void theActivationIsTheExactGeluUnlessTheConfigurationSaysOtherwise() throws IOException {
        assertThat(read("{\"embed_dim\": 512}").architecture().text().activation())
                .isEqualTo(Activation.GELU);
        assertThat(read("{\"embed_dim\": 512, \"quick_gelu\": true}").architecture())
                .isEqualTo(Architectures.named("ViT-B/16"));
    }

    @Test
    void headsFollowFromTheirWidth() throws IOException {
        VisionTransformer vision = (VisionTransformer) read("""
                        {"embed_dim": 1024, "vision_cfg": {"width": 1280, "head_width": 80, "layers": 32,
                          "patch_size": 14, "mlp_ratio": 3.2, "norm_kwargs": {"eps": 1e-6}}}
                        """).architecture().vision();
        assertThat(vision).isEqualTo(new VisionTransformer(224, 14, 1280, 32, 16, 4096, 1024, Activation.GELU, 1e-6f));
    }

    @Test
    void aListOfLayersIsAResidualNetwork() throws IOException {
        assertThat(read("""
                        {"embed_dim": 640, "vision_cfg": {"image_size": 288, "layers": [4, 6, 10, 6], "width": 80,
                          "patch_size": null}}
                        """).architecture().vision())
                .isEqualTo(new ModifiedResNet(288, 80, List.of(4, 6, 10, 6), 40, 640));
    }

    @Test
    void theEndTokenIsTheHighestUnlessItIsNamed() throws IOException {
        assertThat(read("{\"embed_dim\": 8}").endOfText()).isEqualTo(EndOfText.atHighestId());
        assertThat(read("{\"embed_dim\": 8, \"text_cfg\": {\"pool_type\": \"eos\", \"eos_id\": 1}}")
                        .endOfText())
                .isEqualTo(EndOfText.atFirst(1));
    }

    @Test
    void optionsAtTheirNeutralValuesAreAccepted() throws IOException {
        ModelConfig plain = read("{\"embed_dim\": 8}");
        assertThat(read("""
                        {"model_cfg": {"embed_dim": 8,
                          "vision_cfg": {"pool_type": "tok", "no_ln_pre": false, "timm_model_name": null},
                          "text_cfg": {"proj_type": "linear", "act_kwargs": {}, "hf_tokenizer_name": "any"}}}
                        """).architecture()).isEqualTo(plain.architecture());
    }

    private ModelConfig read(String json) throws IOException {
        return OpenClipConfig.read(Files.writeString(temporary.resolve("open_clip_config.json"), json));
    }
}
