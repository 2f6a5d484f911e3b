package dev.clap4j.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPathTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai/clip-vit-base-patch16",
                "laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K",
                "owner/name@main",
                "owner/name@refs/pr/1",
                "ViT-B-16:openai",
                "ViT-B-16:laion2b-s34b-b88k"
            })
    void names(String text) {
        assertThat(ModelPath.isName(text)).isTrue();
        assertThatThrownBy(() -> Clip.load(text))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file or folder " + text
                        + "; to download models by name, add the artifact dev.clap4j:clap4j-hub");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip",
                "./a/b",
                "../a/b",
                "/a/b",
                "a/b/c",
                "models/clip.pt",
                "a/b.safetensors",
                "C:\\x",
                "",
                "~/x"
            })
    void paths(String text) {
        assertThat(ModelPath.isName(text)).isFalse();
        assertThat(ModelPath.find(text, Progress.NONE)).isEqualTo(Path.of(text));
    }

    @Test
    void whatExistsIsAPath() {
        assertThat(ModelPath.find(folder.toString(), Progress.NONE)).isEqualTo(folder);
    }
}
