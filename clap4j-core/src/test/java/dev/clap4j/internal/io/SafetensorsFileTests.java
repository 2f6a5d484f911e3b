package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTests {
    @TempDir
    private Path temporary;

    /** A file that no reader of the format takes is not written. */
    @Test
    void aHeaderBeyondTheFormatsLimitIsRefused() {
        Path path = temporary.resolve("large.safetensors");
        assertThatThrownBy(() -> SafetensorsFile.write(path, Map.of("ids", "x".repeat(100_000_000)), List.of()))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + path + ": its header has 100000032 bytes, and the format"
                        + " allows 100000000");
        assertThat(path).doesNotExist();
    }

    @Property(tries = 50)
    void whatIsWrittenIsReadAgain(@ForAll @Size(max = 5) List<float[]> values, @ForAll String note) throws IOException {
        Path folder = Files.createTempDirectory("safetensors");
        Path path = folder.resolve("any.safetensors");
        List<TensorData> tensors = new ArrayList<>();
        for (float[] row : values) {
            tensors.add(TensorData.of("tensor \"" + tensors.size() + "\"", row, row.length));
        }
        Map<String, String> metadata = Map.of("note", withoutLoneSurrogates(note));
        SafetensorsFile.write(path, metadata, tensors);

        SafetensorsFile file = SafetensorsFile.open(path);
        assertThat(file.metadata()).isEqualTo(metadata);
        assertThat(file.names())
                .containsExactlyElementsOf(
                        tensors.stream().map(TensorData::name).toList());
        for (TensorData tensor : tensors) {
            assertThat(file.get(tensor.name()).shape()).isEqualTo(tensor.shape());
            assertThat(file.get(tensor.name()).toFloats()).isEqualTo(tensor.toFloats());
        }
        Files.delete(path);
        Files.delete(folder);
    }

    /** Half a character is no text that any file could hold. */
    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void dataBeginAtAMultipleOfEight() throws IOException {
        Path path = temporary.resolve("aligned.safetensors");
        SafetensorsFile.write(path, Map.of(), List.of(TensorData.of("x", new float[] {1}, 1)));
        assertThat((Files.size(path) - 4) % 8).isZero();
    }

    @Test
    void tensorsAreMadeOneAfterTheOther() {
        Path path = temporary.resolve("streamed.safetensors");
        List<TensorInfo> infos = List.of(
                new TensorInfo("a", DataType.F32, new long[] {2}),
                new TensorInfo("b", DataType.F32, new long[] {1, 2}));
        TensorData memory = TensorData.of("", new float[2], 2);
        SafetensorsFile.write(path, Map.of(), infos, info -> {
            memory.bytes().putFloat(0, info.name().charAt(0));
            return memory.named(info.name()).reshape(info.shape());
        });
        assertThat(TensorFile.open(path).get("a").toFloats()).containsExactly('a', 0);
        assertThat(TensorFile.open(path).get("b").toFloats()).containsExactly('b', 0);
    }

    @Test
    void whatIsNotAsAnnouncedIsNotWritten() {
        Path path = temporary.resolve("other.safetensors");
        List<TensorInfo> infos = List.of(new TensorInfo("a", DataType.F32, new long[] {2}));
        assertThatThrownBy(
                        () -> SafetensorsFile.write(path, Map.of(), infos, info -> TensorData.of("a", new float[3], 3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> SafetensorsFile.write(
                        path,
                        Map.of(),
                        List.of(TensorData.of("a", new float[1], 1), TensorData.of("a", new float[1], 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatShrinksIsNotReadBeyondItsEnd() throws IOException {
        Path path = temporary.resolve("shrinking.safetensors");
        SafetensorsFile.write(path, Map.of(), List.of(TensorData.of("x", new float[1000], 1000)));
        SafetensorsFile file = SafetensorsFile.open(path);
        byte[] half = new byte[(int) Files.size(path) / 2];
        Files.write(path, half);
        assertThatThrownBy(() -> file.get("x")).hasMessageStartingWith("Cannot read " + path + ": it has shrunk from ");
    }

    /** Maps that are equal may go through their entries in another order in every process. */
    @Test
    void equalMetadataAreTheSameBytes() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        List.of("ids", "format", "encoder").forEach(key -> metadata.put(key, "of " + key));
        Map<String, String> otherOrder = new LinkedHashMap<>();
        List.of("encoder", "ids", "format").forEach(key -> otherOrder.put(key, "of " + key));
        List<TensorData> tensors = List.of(TensorData.of("x", new float[3], 3));
        Path one = temporary.resolve("one.safetensors");
        Path other = temporary.resolve("other.safetensors");
        SafetensorsFile.write(one, metadata, tensors);
        SafetensorsFile.write(other, otherOrder, tensors);
        assertThat(other).hasSameBinaryContentAs(one);
    }
}
