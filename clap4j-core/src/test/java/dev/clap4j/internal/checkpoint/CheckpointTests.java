package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.Shared;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTests {
    @Test
    void theGeometryOfATransformerIsRead() {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/openai"));
        assertThat(checkpoint.architecture().vision())
                .isEqualTo(new VisionTransformer(32, 8, 128, 2, 2, 512, 64, Activation.QUICK_GELU, 1e-5f));
        assertThat(checkpoint.architecture().text().contextLength()).isEqualTo(77);
        assertThat(checkpoint.architecture().text().vocabSize()).isEqualTo(500);
        assertThat(checkpoint.architecture().text().heads()).isEqualTo(1);
        assertThat(checkpoint.layout()).isEqualTo(Layout.OPENAI);
        assertThat(checkpoint.preprocessorConfig()).isEmpty();
        assertThat(checkpoint.tokenizerFiles()).isEmpty();
    }

    @Test
    void theGeometryOfAResidualNetworkIsRead() {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-resnet-tiny/openai/model_torchscript.pt"));
        assertThat(checkpoint.architecture().vision()).isEqualTo(new ModifiedResNet(64, 4, List.of(1, 2, 1, 1), 2, 40));
        assertThat(checkpoint
                        .weights()
                        .get("visual.attnpool.positional_embedding")
                        .type())
                .isEqualTo(DataType.F32);
    }

    @Test
    void theFilesOfAFolderAreFound() {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/huggingface"));
        assertThat(checkpoint.layout()).isEqualTo(Layout.HUGGING_FACE);
        assertThat(checkpoint.folder()).isEqualTo(Shared.golden("clip-vit-tiny/huggingface"));
        assertThat(checkpoint.config()).contains(checkpoint.folder().resolve("config.json"));
        assertThat(checkpoint.preprocessorConfig()).contains(checkpoint.folder().resolve("preprocessor_config.json"));
        assertThat(checkpoint.files())
                .containsExactly(
                        checkpoint.folder().resolve("model.safetensors"),
                        checkpoint.folder().resolve("config.json"));
    }

    @Test
    void logitsAreScaledByTheExponential() {
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/huggingface"));
        assertThat((double) checkpoint.expLogitScale())
                .isCloseTo(Math.exp(checkpoint.logitScale()), within(1e-4 * checkpoint.expLogitScale()));
    }

    @Test
    void theLegacyEndTokenMeansTheHighestId() {
        assertThat(Checkpoint.open(Shared.golden("clip-vit-tiny/huggingface")).endOfText())
                .isEqualTo(EndOfText.atHighestId());
    }
}
