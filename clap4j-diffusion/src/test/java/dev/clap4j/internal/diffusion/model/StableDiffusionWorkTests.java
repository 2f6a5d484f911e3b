package dev.clap4j.internal.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.diffusion.network.AutoencoderKl;
import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.nn.MatrixWork;
import dev.clap4j.internal.nn.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size and work of Stable Diffusion 1.5, which {@code docs/synthesis.md} gives, by its published configuration. */
class StableDiffusionWorkTests {
    private static final double TERA = 1e12;

    @TempDir
    Path folder;

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    private static long parameters(Shapes shapes) {
        return shapes.asMap().values().stream()
                .mapToLong(shape -> LongStream.of(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Two operations for each multiply-add. */
    private static double teraOperations(MatrixWork work) {
        return 2 * work.multiplyAdds() / TERA;
    }

    @Test
    void theUNet() throws IOException {
        UNetConfig unet = UNetConfig.read(config("""
                {"_class_name": "UNet2DConditionModel", "act_fn": "silu", "attention_head_dim": 8,
                 "block_out_channels": [320, 640, 1280, 1280], "cross_attention_dim": 768,
                 "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
                 "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
                 "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4, "out_channels": 4, "layers_per_block": 2,
                 "norm_eps": 1e-05, "norm_num_groups": 32, "sample_size": 64}
                """));
        Shapes shapes = unet.network().shapes();
        assertThat(parameters(shapes)).isEqualTo(859_520_964);
        MatrixWork work = new MatrixWork();
        unet.network()
                .forward(
                        work,
                        name -> shapes.asMap().get(name),
                        new long[] {2, 4, 64, 64},
                        new long[] {2, 77, 768},
                        new TimeEmbedding.Inputs<>(new long[] {2, 320}, null, null));
        assertThat(teraOperations(work)).isCloseTo(1.61, within(0.005));
    }

    @Test
    void theDecoder() throws IOException {
        AutoencoderKl network = AutoencoderConfig.read(config("""
                        {"_class_name": "AutoencoderKL", "act_fn": "silu", "block_out_channels": [128, 256, 512, 512],
                         "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
                         "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"],
                         "in_channels": 3, "out_channels": 3, "latent_channels": 4, "layers_per_block": 2,
                         "norm_num_groups": 32, "sample_size": 512}
                        """)).network();
        Shapes shapes = network.shapes();
        assertThat(parameters(shapes)).isEqualTo(83_653_863);
        MatrixWork work = new MatrixWork();
        assertThat(network.decode(work, name -> shapes.asMap().get(name), new long[] {1, 4, 64, 64}))
                .containsExactly(1, 3, 512, 512);
        assertThat(teraOperations(work)).isCloseTo(2.51, within(0.005));
    }
}
