package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.VisionTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceConfigTests {
    @TempDir
    private Path temporary;

    @Test
    void whatIsNotSaidIsAsInTheBasePatch32Model() throws IOException {
        for (String json : new String[] {"{}", "{\"text_config\": null, \"vision_config\": {}}"}) {
            ModelConfig config = read(json);
            assertThat(config.architecture()).isEqualTo(Architectures.named("ViT-B/32"));
            assertThat(config.endOfText()).isEqualTo(EndOfText.atFirst(49407));
        }
    }

    @Test
    void whatIsSaidGoesBeforeTheDefaults() throws IOException {
        ModelConfig config = read("""
                {"projection_dim": 768,
                 "text_config": {"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,
                   "eos_token_id": 2},
                 "vision_config": {"hidden_size": 1024, "intermediate_size": 4096, "num_attention_heads": 16,
                   "num_hidden_layers": 24, "patch_size": 14}}
                """);
        assertThat(config.architecture()).isEqualTo(Architectures.named("ViT-L/14"));
        assertThat(config.endOfText()).isEqualTo(EndOfText.atHighestId());
    }

    @Test
    void anOldPartsNameGoesBeforeTheNew() throws IOException {
        ModelConfig config = read("{\"text_config\": {\"vocab_size\": 5}, \"text_config_dict\": {\"vocab_size\": 7}}");
        assertThat(config.architecture().text().vocabSize()).isEqualTo(7);
    }

    @Test
    void everyTowerHasItsOwnActivationAndEpsilon() throws IOException {
        ModelConfig config = read(
                "{\"vision_config\": {\"hidden_act\": \"gelu\", \"layer_norm_eps\": 1e-6, \"image_size\": [64, 64]}}");
        VisionTransformer vision = (VisionTransformer) config.architecture().vision();
        assertThat(vision.activation()).isEqualTo(Activation.GELU);
        assertThat(vision.epsilon()).isEqualTo(1e-6f);
        assertThat(vision.imageSize()).isEqualTo(64);
        assertThat(config.architecture().text().activation()).isEqualTo(Activation.QUICK_GELU);
    }

    @Test
    void layersWithoutSomeOfTheirHeadsAreRefused() {
        assertThatThrownBy(() -> read("{\"vision_config\": {\"pruned_heads\": {\"0\": [1]}}}"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("vision_config.pruned_heads is {\"0\":[1]}, expected {}");
    }

    private ModelConfig read(String json) throws IOException {
        return HuggingFaceConfig.read(Files.writeString(temporary.resolve("config.json"), json));
    }
}
