package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Shared;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's own preprocessing of its sample images. */
class PreprocessingGoldenTests {
    private static final DecodeOptions OPTIONS = DecodeOptions.defaults();

    /** Lossless files: every byte is the same. JPEG: both decoders follow the same arithmetic, and so do the bytes. */
    @ParameterizedTest
    @ValueSource(ints = {224, 64})
    void preparesLikeTheReference(int size) throws IOException {
        SafetensorsFile expected = SafetensorsFile.open(Shared.golden("preprocess/expected_u8.safetensors"));
        Preprocessing preprocessing = Preprocessing.openAi(size);
        int compared = 0;
        for (String file : files()) {
            String tensor = file.substring(0, file.indexOf('.')) + "." + size;
            if (expected.contains(tensor)) {
                byte[] pixels = preprocessing.pixels(Shared.golden("preprocess/images/" + file), OPTIONS);
                int tolerance = file.endsWith(".jpg") ? 3 : 0;
                assertThat(largestDifference(pixels, expected.get(tensor)))
                        .as(file)
                        .isLessThanOrEqualTo(tolerance);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(size == 64 ? 17 : 10);
    }

    private static List<String> files() throws IOException {
        JsonNode images = new JsonMapper()
                .readTree(Shared.golden("preprocess/images.json").toFile())
                .get("images");
        return StreamSupport.stream(images.spliterator(), false)
                .map(image -> image.get("file").asText())
                .toList();
    }

    private static int largestDifference(byte[] pixels, TensorData expected) {
        long[] values = expected.toLongs();
        assertThat(values).hasSize(pixels.length);
        int largest = 0;
        for (int i = 0; i < pixels.length; i++) {
            largest = Math.max(largest, Math.abs((pixels[i] & 0xFF) - (int) values[i]));
        }
        return largest;
    }

    /** Apart from the JPEG decoder, what it decoded is resized to the same bytes. */
    @ParameterizedTest
    @ValueSource(ints = {224, 64})
    void resizesWhatTheReferenceDecoded(int size) throws IOException {
        SafetensorsFile expected = SafetensorsFile.open(Shared.golden("preprocess/expected_u8.safetensors"));
        try (var decoded = Files.list(Shared.golden("preprocess/decoded"))) {
            for (Path png : decoded.toList()) {
                String tensor = png.getFileName().toString().replace("png", String.valueOf(size));
                if (expected.contains(tensor)) {
                    byte[] pixels = Preprocessing.openAi(size).pixels(png, OPTIONS);
                    assertThat(largestDifference(pixels, expected.get(tensor)))
                            .as(tensor)
                            .isZero();
                }
            }
        }
    }

    /** Inks keep their mode until they are resized. */
    @Test
    void resizesInks() {
        SafetensorsFile expected = SafetensorsFile.open(Shared.golden("preprocess/expected_u8.safetensors"));
        TensorData inks = expected.get("cmyk.decoded_hwc_cmyk");
        byte[] samples = new byte[Math.toIntExact(inks.elements())];
        inks.bytes().get(samples);
        Bitmap bitmap = Bitmap.of(PixelMode.CMYK, (int) inks.shape()[1], (int) inks.shape()[0], samples);
        assertThat(largestDifference(Preprocessing.openAi(64).pixels(bitmap), expected.get("cmyk.64")))
                .isZero();
    }

    /** Floats within 1e-6: they are computed with the same fp32 operations. */
    @Test
    void normalisesLikeTheReference() {
        SafetensorsFile expected = SafetensorsFile.open(Shared.golden("preprocess/expected_f32.safetensors"));
        SafetensorsFile pixels = SafetensorsFile.open(Shared.golden("preprocess/expected_u8.safetensors"));
        assertThat(expected.names()).isNotEmpty();
        for (String name : expected.names()) {
            TensorData input = pixels.get(name);
            byte[] bytes = new byte[Math.toIntExact(input.elements())];
            input.bytes().get(bytes);
            float[] values = new float[bytes.length];
            Preprocessing.openAi(224).normalise(bytes, FloatBuffer.wrap(values));
            float[] reference = expected.get(name).toFloats();
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isCloseTo(reference[i], within(1e-6f));
            }
            assertThat(Arrays.mismatch(values, reference)).isEqualTo(-1);
        }
    }
}
