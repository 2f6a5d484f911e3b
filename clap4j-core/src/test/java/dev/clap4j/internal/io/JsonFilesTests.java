package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFilesTests {
    private static final String WHOLE =
            "{\"name\":\"a\",\"count\":1,\"share\":0.5,\"alpha\":null,\"parts\":[{\"values\":{\"x\":1.0}}],\"note\":null}";

    @TempDir
    private Path folder;

    /** Has a bit of everything. */
    record Sample(
            String name,
            int count,
            double share,
            Float alpha,
            List<Part> parts,
            @OrNull String note) {}

    /** A part. */
    record Part(Map<String, Double> values) {}

    @Test
    void aWholeRecordIsRead() throws JsonProcessingException {
        assertThat(JsonFiles.parse(WHOLE, Sample.class))
                .isEqualTo(new Sample("a", 1, 0.5, null, List.of(new Part(Map.of("x", 1.0))), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a\"|null|its name is missing",
                "{\"values\":{\"x\":1.0}}|null|its parts[0] is missing",
                "{\"x\":1.0}|null|its parts[0].values is missing",
                "{\"x\":1.0}|{\"x\":null}|its parts[0].values.x is missing",
                "{\"x\":1.0}|{\"x\":1e300}|its parts[0].values.x is 1.0E300",
                "\"alpha\":null|\"alpha\":1e20|its alpha is 1.0E20",
                "0.5|-1e13|its share is -1.0E13",
                "0.5|\"NaN\"|its share is NaN",
                "[{\"values\":{\"x\":1.0}}]|null|its parts is missing",
            })
    void whatIsMissingOrNoMeasurementIsNamed(String part, String instead, String message) {
        assertThatThrownBy(() -> JsonFiles.parse(WHOLE.replace(part, instead), Sample.class))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\":\"a\"",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"count\":null}",
                "{\"count\":1.5}",
                "{\"count\":\"1\"}",
                "{\"count\":99999999999}",
                "{\"unknown\":1}",
                "{} {}"
            })
    void whatIsNoSuchRecordIsRefused(String text) {
        assertThatThrownBy(() -> JsonFiles.parse(text, Sample.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void nullIsNoRecord() {
        assertThatThrownBy(() -> JsonFiles.parse("null", Sample.class))
                .isInstanceOf(ClapException.class)
                .hasMessage("it is null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "\"text\"", "{\"a\":1,\"a\":2}", "{} x", "{"})
    void whatIsNoObjectIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), text);
        assertThatThrownBy(() -> JsonFiles.readObject(file))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(file.toString());
    }
}
