package dev.clap4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureFilesTests {
    @TempDir
    Path folder;

    private final FeatureMatrix features = new FeatureMatrix(
            List.of("a \"quoted\" dog", "a/ü.jpg", "c"), 2, new float[] {1, -2.5f, 1e-20f, 0.1f, 3e8f, -0f});

    @Test
    void safetensorsKeepEveryBit() {
        Path file = folder.resolve("f.safetensors");
        FeatureFiles.save(features, file);

        assertThat(FeatureFiles.load(file.toString())).isEqualTo(features);
        assertThat(FeatureFiles.load(file + "#features")).isEqualTo(features);
    }

    @Test
    void otherTensorsHaveRowNumbersForIds() {
        Path file = folder.resolve("other.safetensors");
        SafetensorsFile.write(file, Map.of(), List.of(TensorData.of("image_features", new float[] {1, 2, 3, 4}, 2, 2)));

        assertThat(FeatureFiles.load(file.toString())).isEqualTo(FeatureFiles.load(file + "#image_features"));
        assertThat(FeatureFiles.load(file + "#image_features"))
                .isEqualTo(new FeatureMatrix(List.of("0", "1"), 2, new float[] {1, 2, 3, 4}));
    }

    @Test
    void numpyFilesAreWellFormed() throws Exception {
        Path file = folder.resolve("f.npy");
        FeatureFiles.save(features, file);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.array()).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        int headerEnd = 10 + bytes.getShort(8);
        assertThat(headerEnd % 64).isZero();
        assertThat(new String(bytes.array(), 10, headerEnd - 10, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }")
                .endsWith("\n");
        float[] values = new float[6];
        bytes.position(headerEnd)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(features.values());
        assertThat(bytes.capacity()).isEqualTo(headerEnd + 24);
        assertThat(Files.readAllLines(folder.resolve("f.ids.txt"))).isEqualTo(features.ids());
    }

    @Test
    void aFeatureFileAndItsIdsAreReplacedTogether() throws IOException {
        Path file = folder.resolve("f.npy");
        FeatureFiles.save(features, file);
        byte[] before = Files.readAllBytes(file);
        FeatureMatrix others = FeatureMatrix.ofRows(List.of("one"), 1, List.of(new float[] {7}));
        Path ids = folder.resolve("f.ids.txt");
        Files.delete(ids);
        Files.createDirectory(ids);
        assertThatThrownBy(() -> FeatureFiles.save(others, file))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write " + ids + ": it is a folder");
        assertThat(file).hasBinaryContent(before);
        Files.delete(ids);
        FeatureFiles.save(others, file);
        assertThat(ids).hasContent("one\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, ids);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null, \"b\"]", "[[], {}]", "{}", "7"})
    void idsThatAreNoTextsAreRefused(String ids) {
        Path file = folder.resolve("f.safetensors");
        SafetensorsFile.write(file, Map.of("ids", ids), List.of(TensorData.of("features", new float[] {1, 2}, 2, 1)));
        assertThatThrownBy(() -> FeatureFiles.load(file.toString()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The ids in the metadata of " + file + " are no JSON list of texts: ");
    }

    @Test
    void numpyIdsMustFitALine() {
        FeatureMatrix broken = features.withIds(List.of("a", "two\nlines", "c"));

        assertThatThrownBy(() -> FeatureFiles.save(broken, folder.resolve("f.npy")))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot save " + folder.resolve("f.npy") + ": the ids beside a .npy file stand one a line,"
                        + " but \"two\\nlines\" has a line break; use .safetensors or .jsonl");
        assertThat(folder.resolve("f.npy")).doesNotExist();
    }

    @Test
    void jsonLinesKeepEveryBit() throws Exception {
        Path file = folder.resolve("f.jsonl");
        FeatureFiles.save(features, file);

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode node = new ObjectMapper().readTree(lines.get(i));
            assertThat(node.get("id").asText()).isEqualTo(features.ids().get(i));
            assertThat(node.get("feature").get(0).floatValue()).isEqualTo(features.row(i)[0]);
            assertThat(node.get("feature").get(1).floatValue()).isEqualTo(features.row(i)[1]);
        }
    }

    @Test
    void refusesUnknownEndings() {
        assertThatThrownBy(() -> FeatureFiles.save(features, folder.resolve("f.csv")))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot save features as " + folder.resolve("f.csv")
                        + ": the name should end in .safetensors, .npy or .jsonl, which chooses the format");
    }

    @Test
    void refusesOtherShapesAndValues() {
        Path file = folder.resolve("bad.safetensors");
        SafetensorsFile.write(
                file,
                Map.of(),
                List.of(
                        TensorData.of("vector", new float[] {1, 2}, 2),
                        TensorData.of("nan", new float[] {1, Float.NaN}, 1, 2)));

        assertThatThrownBy(() -> FeatureFiles.load(file + "#vector"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Tensor vector of " + file + " should hold features [n, dim], but its shape is [2]");
        assertThatThrownBy(() -> FeatureFiles.load(file + "#nan"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Tensor nan of " + file + ": The feature of \"0\" (row 0) has the value NaN at place 1"
                        + " where a finite number is expected; the model's weights or the input are damaged");
        assertThatThrownBy(() -> FeatureFiles.load(file.toString()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(file + " has 2 tensors; say which");
    }
}
