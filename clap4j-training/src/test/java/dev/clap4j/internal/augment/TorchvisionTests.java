package dev.clap4j.internal.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.Resampling;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** torchvision's results for the same picture and random numbers; for masks, the authors' definition. */
class TorchvisionTests {
    private static final JsonNode EXPECTED = read();
    private static final int WIDTH = EXPECTED.get("width").asInt();
    private static final int HEIGHT = EXPECTED.get("height").asInt();

    private static JsonNode read() {
        try (InputStream in = TorchvisionTests.class.getResourceAsStream("torchvision.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bitmap picture() {
        byte[] samples = new byte[WIDTH * HEIGHT * 3];
        for (int y = 0, i = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    samples[i++] = (byte) (x * 37 + y * 91 + c * 53 + x * y * 7 + c * x * 11);
                }
            }
        }
        return Bitmap.of(PixelMode.RGB, WIDTH, HEIGHT, samples);
    }

    /** All colours whose samples are multiples of five. */
    private static Bitmap cube() {
        byte[] samples = new byte[52 * 52 * 52 * 3];
        for (int i = 0; i < 52 * 52 * 52; i++) {
            samples[3 * i] = (byte) (i / (52 * 52) * 5);
            samples[3 * i + 1] = (byte) (i / 52 % 52 * 5);
            samples[3 * i + 2] = (byte) (i % 52 * 5);
        }
        return Bitmap.of(PixelMode.RGB, 52 * 52, 52, samples);
    }

    private static String hex(Bitmap bitmap) {
        return HexFormat.of().formatHex(bitmap.samples());
    }

    private static String digest(Bitmap bitmap) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bitmap.samples()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void brightness() {
        assertThat(EXPECTED.get("brightness").properties()).hasSize(5).allSatisfy(entry -> assertThat(
                        hex(ColourJitter.withBrightness(picture(), number(entry))))
                .isEqualTo(entry.getValue().asText()));
        assertThat(EXPECTED.get("cube_brightness").properties())
                .allSatisfy(entry -> assertThat(digest(ColourJitter.withBrightness(cube(), number(entry))))
                        .isEqualTo(entry.getValue().asText()));
    }

    private static double number(Map.Entry<String, JsonNode> entry) {
        return Double.parseDouble(entry.getKey());
    }

    @Test
    void hue() {
        assertThat(EXPECTED.get("hue").properties()).hasSize(5).allSatisfy(entry -> assertThat(
                        hex(ColourJitter.withHue(picture(), number(entry))))
                .isEqualTo(entry.getValue().asText()));
    }

    @Test
    void hueOfAllColours() {
        assertThat(EXPECTED.get("cube").properties()).hasSize(4).allSatisfy(entry -> assertThat(
                        digest(ColourJitter.withHue(cube(), number(entry))))
                .isEqualTo(entry.getValue().asText()));
    }

    @Test
    void perspective() {
        assertThat(EXPECTED.get("perspective")).hasSize(4).allSatisfy(expected -> {
            int[][] corners = new ObjectMapper().convertValue(expected.get("corners"), int[][].class);
            double[] theirs = new ObjectMapper().convertValue(expected.get("coefficients"), double[].class);
            double[] coefficients = Perspective.of(WIDTH, HEIGHT, corners).coefficients();
            for (int i = 0; i < theirs.length; i++) {
                // Floats of up to 10; theirs are solved by least squares.
                assertThat(coefficients[i]).isCloseTo(theirs[i], within(2e-6));
            }
            // Samples are truncated, so the last bit of a coefficient decides about some: the same ones are needed
            // here.
            assertThat(hex(new Perspective(theirs).apply(picture())))
                    .isEqualTo(expected.get("pixels").asText());
        });
    }

    @Test
    void resizedCrop() {
        assertThat(EXPECTED.get("resized_crop")).hasSize(3).allSatisfy(crop -> assertThat(hex(new SquareCrop(
                                crop.get("left").asInt(),
                                crop.get("top").asInt(),
                                crop.get("edge").asInt())
                        .apply(picture(), crop.get("size").asInt(), Resampling.BICUBIC)))
                .isEqualTo(crop.get("pixels").asText()));
    }

    @Test
    void flip() {
        assertThat(hex(Augmenter.flipped(picture())))
                .isEqualTo(EXPECTED.get("flip").asText());
    }

    @Test
    void blockMask() {
        assertThat(EXPECTED.get("mask")).hasSize(3).allSatisfy(mask -> {
            int[] blocks = new ObjectMapper().convertValue(mask.get("blocks"), int[].class);
            assertThat(hex(new BlockMask(mask.get("grid").asInt(), blocks).apply(picture())))
                    .isEqualTo(mask.get("pixels").asText());
        });
    }
}
