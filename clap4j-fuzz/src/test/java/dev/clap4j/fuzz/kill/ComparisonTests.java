package dev.clap4j.fuzz.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTests {
    private static final String TWO = "{\"step\":1,\"seconds\":0.5}|{\"step\":2,\"seconds\":1.0E-4}|";

    @TempDir
    private Path folder;

    private static byte[] text(String lines) {
        return lines.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"step":1,"seconds":0.7}|{"step":2,"seconds":0.1}|; true; true
            {"step":1,"seconds":0.7}|{"step":2,"sec           ; false; true
            {"step":1,"seconds":0.7}|                         ; false; true
            {"step":2,"seconds":0.7}|                         ; false; false
            {"step":1,"seconds":0.7}|{"step":3,"seconds":0.1}|; false; false
            """)
    void stepsComeInTheirOrder(String found, boolean same, boolean part) {
        assertThat(Comparison.STEPS.isSame(text(TWO), text(found))).isEqualTo(same);
        assertThat(Comparison.STEPS.isPart(text(TWO), text(found), folder)).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({"a|b|c|, true, true", "c|a|b|, true, true", "c|a|x, false, true", "c|x|, false, false"})
    void resultsComeInAnyOrder(String found, boolean same, boolean part) {
        assertThat(Comparison.RESULTS.isSame(text("a|b|c|"), text(found))).isEqualTo(same);
        assertThat(Comparison.RESULTS.isPart(text("a|b|c|"), text(found), folder))
                .isEqualTo(part);
    }

    @Test
    void otherFilesAreTheSameOrTorn() {
        byte[] whole = text("whole");
        assertThat(Comparison.BYTES.isPart(whole, text("whole"), folder)).isTrue();
        assertThat(Comparison.BYTES.isPart(whole, text("whol"), folder)).isFalse();
        assertThat(Comparison.BYTES.isSame(whole, text("whose"))).isFalse();
    }

    @Test
    void aStateIsWholeOrTorn() throws IOException {
        Path file = folder.resolve("state.safetensors");
        TensorData numbers = new TensorData("x", DataType.U8, new long[] {9}, TensorData.allocate(9));
        SealedTensors.write(file, Map.of("a", "b"), List.of(numbers));
        byte[] earlier = Files.readAllBytes(file);
        assertThat(Comparison.STATE.isPart(text("later"), earlier, file)).isTrue();
        assertThat(Comparison.STATE.isSame(text("later"), earlier)).isFalse();
        earlier[earlier.length - 1] ^= 1;
        Files.write(file, earlier);
        assertThat(Comparison.STATE.isPart(text("later"), earlier, file)).isFalse();
        Files.write(file, Arrays.copyOf(earlier, earlier.length - 1));
        assertThat(Comparison.STATE.isPart(text("later"), earlier, file)).isFalse();
    }
}
