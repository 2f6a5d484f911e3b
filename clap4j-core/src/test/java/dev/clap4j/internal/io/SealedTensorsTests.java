package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTensorsTests {
    private static final Map<String, String> METADATA = Map.of("format", "test", "steps", "12");
    private static final List<TensorData> TENSORS = List.of(
            TensorData.of("weights", new float[] {1, 2, 3, 4, 5, 6}, 2, 3), TensorData.of("labels", new long[] {7}, 1));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("state.safetensors");
        SealedTensors.write(file, METADATA, TENSORS);
    }

    @Test
    void whatWasWrittenIsRead() {
        SafetensorsFile read = SealedTensors.open(file);
        assertThat(read.metadata()).containsAllEntriesOf(METADATA);
        assertThat(read.get("weights").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void noChangedBitIsAccepted() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            Files.write(file, changed);
            assertThatThrownBy(() -> SealedTensors.open(file))
                    .as("byte %d", i)
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void otherTensorsUnderTheSameSealAreNotAccepted() {
        String seal = SealedTensors.open(file).metadata().get("checksum");
        Map<String, String> sealed = Map.of("format", "test", "steps", "12", "checksum", seal);
        SafetensorsFile.write(file, sealed, List.of(TENSORS.get(0).reshape(3, 2), TENSORS.get(1)));
        assertThatThrownBy(() -> SealedTensors.open(file))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " is damaged: its checksum does not match");
        SafetensorsFile.write(file, METADATA, TENSORS);
        assertThatThrownBy(() -> SealedTensors.open(file))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " is damaged: it has no checksum");
    }
}
