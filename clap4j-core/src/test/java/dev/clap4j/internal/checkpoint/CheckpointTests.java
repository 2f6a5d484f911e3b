package dev.clap4j.internal.checkpoint;

import static dev.clap4j.GoldenModel.RESNET;
import static dev.clap4j.GoldenModel.VIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTests {
    @Test
    void theGeometryOfATransformerIsRead() {
        Checkpoint checkpoint = Checkpoint.open(VIT.file("openai"));
        assertThat(checkpoint.architecture().vision())
                .isEqualTo(new VisionTransformer(
                        VIT.size("image_resolution"),
                        VIT.size("vision_patch_size"),
                        VIT.size("vision_width"),
                        VIT.size("vision_layers"),
                        VIT.size("vision_heads"),
                        4 * VIT.size("vision_width"),
                        VIT.size("embed_dim"),
                        Activation.QUICK_GELU,
                        1e-5f));
        assertThat(checkpoint.architecture().text().contextLength()).isEqualTo(VIT.size("context_length"));
        assertThat(checkpoint.architecture().text().vocabSize()).isEqualTo(VIT.size("vocab_size"));
        assertThat(checkpoint.architecture().text().heads()).isEqualTo(VIT.size("transformer_heads"));
        assertThat(checkpoint.layout()).isEqualTo(Layout.OPENAI);
        assertThat(checkpoint.preprocessorConfig()).isEmpty();
        assertThat(checkpoint.tokenizerFiles()).isEmpty();
    }

    @Test
    void theGeometryOfAResidualNetworkIsRead() {
        Checkpoint checkpoint = Checkpoint.open(RESNET.file("openai/model_torchscript.pt"));
        List<Integer> blocks = RESNET.config()
                .get("vision_layers")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
        assertThat(checkpoint.architecture().vision())
                .isEqualTo(new ModifiedResNet(
                        RESNET.size("image_resolution"),
                        RESNET.size("vision_width"),
                        blocks,
                        RESNET.size("vision_heads"),
                        RESNET.size("embed_dim")));
        assertThat(checkpoint
                        .weights()
                        .get("visual.attnpool.positional_embedding")
                        .type())
                .isEqualTo(DataType.F32);
    }

    @Test
    void theFilesOfAFolderAreFound() {
        Checkpoint checkpoint = Checkpoint.open(VIT.file("huggingface"));
        assertThat(checkpoint.layout()).isEqualTo(Layout.HUGGING_FACE);
        assertThat(checkpoint.folder()).isEqualTo(VIT.file("huggingface"));
        assertThat(checkpoint.config()).contains(checkpoint.folder().resolve("config.json"));
        assertThat(checkpoint.preprocessorConfig()).contains(checkpoint.folder().resolve("preprocessor_config.json"));
        assertThat(checkpoint.files())
                .containsExactly(
                        checkpoint.folder().resolve("model.safetensors"),
                        checkpoint.folder().resolve("config.json"));
    }

    @Test
    void logitsAreScaledByTheExponential() {
        Checkpoint checkpoint = Checkpoint.open(VIT.file("huggingface"));
        assertThat((double) checkpoint.expLogitScale())
                .isCloseTo(Math.exp(checkpoint.logitScale()), within(1e-4 * checkpoint.expLogitScale()));
    }

    @Test
    void theLegacyEndTokenMeansTheHighestId() {
        assertThat(Checkpoint.open(VIT.file("huggingface")).endOfText()).isEqualTo(EndOfText.atHighestId());
    }
}
