package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's own preprocessing of its sample images. */
class PreprocessingGoldenTests {
    private static final DecodeOptions OPTIONS = DecodeOptions.defaults();

    /** The suffix of an image whose inks are given as they were decoded. */
    private static final String INKS = ".decoded_hwc_cmyk";

    private static JsonNode images() {
        return Golden.json("preprocess/images.json").get("images");
    }

    /** The sizes that images were prepared for. */
    static List<Integer> sizes() {
        return images().get(0).get("stages").properties().stream()
                .map(stage -> Integer.valueOf(stage.getKey()))
                .toList();
    }

    /** Lossless files: every byte is the same. JPEG: both decoders follow the same arithmetic, and so do the bytes. */
    @ParameterizedTest
    @MethodSource("sizes")
    void preparesLikeTheReference(int size) {
        SafetensorsFile expected = Golden.tensors("preprocess/expected_u8.safetensors");
        Preprocessing preprocessing = Preprocessing.openAi(size);
        int compared = 0;
        for (JsonNode image : images()) {
            String file = image.get("file").asText();
            String tensor = file.substring(0, file.indexOf('.')) + "." + size;
            if (expected.contains(tensor)) {
                byte[] pixels = preprocessing.pixels(Golden.file("preprocess/images/" + file), OPTIONS);
                int tolerance = image.get("format").asText().equals("JPEG") ? 3 : 0;
                assertThat(largestDifference(pixels, expected.get(tensor)))
                        .as(file)
                        .isLessThanOrEqualTo(tolerance);
                compared++;
            }
        }
        assertThat(compared).isPositive();
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
    @MethodSource("sizes")
    void resizesWhatTheReferenceDecoded(int size) throws IOException {
        SafetensorsFile expected = Golden.tensors("preprocess/expected_u8.safetensors");
        try (var decoded = Files.list(Golden.file("preprocess/decoded"))) {
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
        SafetensorsFile expected = Golden.tensors("preprocess/expected_u8.safetensors");
        List<String> names = Golden.present(
                "preprocess/expected_u8.safetensors#*" + INKS,
                expected.names().stream().filter(name -> name.endsWith(INKS)).toList());
        for (String name : names) {
            TensorData inks = expected.get(name);
            byte[] samples = new byte[Math.toIntExact(inks.elements())];
            inks.bytes().get(samples);
            Bitmap bitmap = Bitmap.of(PixelMode.CMYK, (int) inks.shape()[1], (int) inks.shape()[0], samples);
            for (int size : sizes()) {
                String prepared = name.replace(INKS, "." + size);
                if (expected.contains(prepared)) {
                    assertThat(largestDifference(Preprocessing.openAi(size).pixels(bitmap), expected.get(prepared)))
                            .isZero();
                }
            }
        }
    }

    /** Floats within 1e-6: they are computed with the same fp32 operations. */
    @Test
    void normalisesLikeTheReference() {
        SafetensorsFile expected = Golden.tensors("preprocess/expected_f32.safetensors");
        SafetensorsFile pixels = Golden.tensors("preprocess/expected_u8.safetensors");
        assertThat(expected.names()).isNotEmpty();
        for (String name : expected.names()) {
            TensorData input = pixels.get(name);
            byte[] bytes = new byte[Math.toIntExact(input.elements())];
            input.bytes().get(bytes);
            float[] values = new float[bytes.length];
            Preprocessing.openAi((int) input.shape()[1]).normalise(bytes, FloatBuffer.wrap(values));
            float[] reference = expected.get(name).toFloats();
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isCloseTo(reference[i], within(1e-6f));
            }
            assertThat(Arrays.mismatch(values, reference)).isEqualTo(-1);
        }
    }
}
