package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfinishedFeaturesTests {
    @TempDir
    private Path folder;

    private UnfinishedFeatures unfinished;
    private final Map<String, float[]> rows = new LinkedHashMap<>();

    @BeforeEach
    void makeRows() {
        unfinished = UnfinishedFeatures.of(folder.resolve("features.npy"));
        rows.put("a dog", new float[] {1, 2, 3});
        rows.put("a \"cat\"\n", new float[] {4, 5, 6});
    }

    @Test
    void whatWasKeptIsFound() {
        unfinished.save("model, texts", rows);

        assertThat(unfinished.file()).isEqualTo(folder.resolve("features.npy.unfinished"));
        Map<String, float[]> kept = unfinished.load("model, texts");
        assertThat(kept).containsOnlyKeys(rows.keySet());
        assertThat(kept.get("a \"cat\"\n")).containsExactly(4, 5, 6);

        unfinished.delete();
        unfinished.delete();
        assertThatThrownBy(() -> unfinished.load("model, texts"))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is nothing to resume: there is no file " + unfinished.file());
    }

    @Test
    void anotherModelsAreRefused() {
        unfinished.save("model, texts", rows);
        assertThatThrownBy(() -> unfinished.load("other model, texts"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(unfinished.file() + " is of another model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]", "{}", "[\"one\"]", "[1, 2"})
    void malformedKeysAreRefused(String keys) {
        SealedTensors.write(
                unfinished.file(),
                Map.of("format", "clap4j.unfinished-features", "encoder", "e", "keys", keys),
                List.of(TensorData.of("features", new float[6], 2, 3)));
        assertThatThrownBy(() -> unfinished.load("e"))
                .isInstanceOf(ClapException.class)
                .hasMessage(unfinished.file() + " is damaged");
    }

    @Test
    void damagedBytesAreRefused() throws Exception {
        unfinished.save("e", rows);
        byte[] bytes = Files.readAllBytes(unfinished.file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(unfinished.file(), bytes);
        assertThatThrownBy(() -> unfinished.load("e"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("its checksum does not match");
    }
}
