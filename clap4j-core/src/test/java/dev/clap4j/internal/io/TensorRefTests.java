package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRefTests {
    @TempDir
    private Path folder;

    @Test
    void aNameFollowsTheLastHash() {
        assertThat(TensorRef.parse("runs/a#1/f.safetensors#image"))
                .isEqualTo(new TensorRef(Path.of("runs/a#1/f.safetensors"), "image"));
        assertThat(TensorRef.parse("f.safetensors#image")).hasToString("f.safetensors#image");
    }

    @Test
    void theOnlyTensorNeedsNoName() {
        Path file = write("one", TensorData.of("x", new float[] {1, 2}, 2));
        assertThat(TensorRef.parse(file.toString()).read().toFloats()).containsExactly(1, 2);
    }

    @Test
    void amongSeveralOneMustBeNamed() {
        Path file = write("two", TensorData.of("x", new float[] {1}, 1), TensorData.of("y", new float[] {2}, 1));
        assertThat(TensorRef.parse(file + "#y").read().toFloats()).containsExactly(2);
        assertThatThrownBy(() -> TensorRef.parse(file.toString()).read())
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " has 2 tensors; say which: " + file + "#NAME with one of x, y");
        assertThatThrownBy(() -> TensorRef.parse(file + "#z").read())
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " has no tensor z; it has x, y");
    }

    @Test
    void aTensorWithoutAFileIsNone() {
        assertThatThrownBy(() -> TensorRef.parse("#image"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("FILE#NAME");
    }

    private Path write(String name, TensorData... tensors) {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsFile.write(file, Map.of(), List.of(tensors));
        return file;
    }
}
