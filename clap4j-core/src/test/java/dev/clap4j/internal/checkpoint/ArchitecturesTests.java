package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.nn.TextTransformer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitecturesTests {
    @TempDir
    private Path folder;

    @Test
    void aGeometryIsFoundByNameOrInAFile() {
        RandomCheckpoint.write("tiny-RN", 1, Optional.empty(), folder);
        String file = folder.resolve("open_clip_config.json").toString();
        assertThat(Architectures.find(file)).isEqualTo(Architectures.named("tiny-rn"));
        assertThat(Architectures.find("mini").vision().imageSize()).isEqualTo(64);
    }

    @Test
    void aFileThatIsNotThereIsNoName() {
        String file = folder.resolve("none.json").toString();
        assertThatThrownBy(() -> Architectures.find(file))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(file);
    }

    @Test
    void onlyTheVocabularyChanges() {
        TextTransformer text = (TextTransformer) Architectures.named("mini").text();
        assertThat(text.withVocabSize(700).vocabSize()).isEqualTo(700);
        assertThat(text.withVocabSize(700).withVocabSize(text.vocabSize())).isEqualTo(text);
    }
}
