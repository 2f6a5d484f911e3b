package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.TinyClip;
import dev.clap4j.internal.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "clip-vit, clip-vit",
        "models--openai--clip-vit/snapshots/0123abcd, openai/clip-vit",
        "models--clip-vit/snapshots/0123abcd, clip-vit",
        "datasets--x--y/snapshots/0123abcd, 0123abcd",
        "models--x--y/other, other"
    })
    void isNamedAfterItsFolderOrRepository(String place, String name) throws IOException {
        Path model = folder.resolve(place);
        Files.createDirectories(model.getParent());
        Files.move(TinyClip.write(folder), model);
        assertThat(Backbone.nameOf(Checkpoint.open(model))).isEqualTo(name);
    }
}
