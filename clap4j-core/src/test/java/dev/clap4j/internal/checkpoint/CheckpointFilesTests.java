package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointFilesTests {
    @Test
    void openClipsWeightsComeFirstBesideItsConfiguration() {
        Set<String> both = Set.of("model.safetensors", "open_clip_pytorch_model.bin");
        assertThat(CheckpointFiles.preferred(both::contains)).contains("model.safetensors");
        Set<String> configured =
                Set.of("model.safetensors", "open_clip_pytorch_model.bin", "open_clip_config.json", "config.json");
        assertThat(CheckpointFiles.preferred(configured::contains)).contains("open_clip_pytorch_model.bin");
        Set<String> without = Set.of("pytorch_model.bin", "open_clip_config.json");
        assertThat(CheckpointFiles.preferred(without::contains)).contains("pytorch_model.bin");
        assertThat(CheckpointFiles.preferred(name -> false)).isEmpty();
    }
}
