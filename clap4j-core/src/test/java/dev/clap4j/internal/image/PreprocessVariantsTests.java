package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.internal.io.SafetensorsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Preprocessing as configuration files of many families ask for it, against open_clip and transformers. */
class PreprocessVariantsTests {
    private record Variant(String name, Path config, JsonNode tensors) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Variant> variants() throws IOException {
        Path folder = Golden.file("preprocess-variants");
        JsonNode cases = new JsonMapper().readTree(folder.resolve("cases.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(variant -> new Variant(
                        variant.get("case").asText(),
                        folder.resolve(variant.get("config").asText()),
                        variant.path("tensors")));
    }

    /** Both resize pixels of 8 bits alike; floats are computed in another order. Models take squares alone. */
    @ParameterizedTest
    @MethodSource("variants")
    void preparesLikeTheReference(Variant variant) {
        Path folder = Golden.file("preprocess-variants");
        SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        int compared = 0;
        for (Map.Entry<String, JsonNode> tensor : variant.tensors.properties()) {
            String key = tensor.getKey();
            JsonNode shape = tensor.getValue();
            boolean square =
                    shape.size() == 3 && shape.get(1).asInt() == shape.get(2).asInt();
            if (!square) {
                assertThatThrownBy(() ->
                                Preprocessing.load(variant.config, shape.get(1).asInt()))
                        .isInstanceOf(ClapException.class)
                        .hasMessageContaining("the model takes square images");
                return;
            }
            Preprocessing preprocessing =
                    Preprocessing.load(variant.config, shape.get(1).asInt());
            Path image = folder.resolve("images/" + key.substring(key.indexOf('/') + 1) + ".png");
            byte[] pixels = preprocessing.pixels(image, DecodeOptions.defaults());
            float[] values = new float[pixels.length];
            preprocessing.normalise(pixels, FloatBuffer.wrap(values));
            float[] reference = expected.get(key).toFloats();
            assertThat(values).as(key).hasSameSizeAs(reference);
            for (int v = 0; v < values.length; v++) {
                double tolerance = 2e-6 * Math.max(1, Math.abs(reference[v]));
                assertThat((double) values[v]).as("%s at %d", key, v).isCloseTo(reference[v], within(tolerance));
            }
            compared++;
        }
        assertThat(compared).isPositive();
    }
}
