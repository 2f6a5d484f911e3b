package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import dev.clap4j.SamplePictures;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTests {
    private static final DecodeOptions OPTIONS = DecodeOptions.defaults();

    /** The mode of each golden image is the one that Pillow gives it. */
    @Test
    void keepsTheMode() {
        for (JsonNode image : Golden.json("preprocess/images.json").get("images")) {
            String file = image.get("file").asText();
            assertThat(ImageDecoder.decode(Golden.file("preprocess/images/" + file), OPTIONS))
                    .as(file)
                    .hasToString("%s×%s %s"
                            .formatted(
                                    image.get("width").asText(),
                                    image.get("height").asText(),
                                    image.get("mode").asText()));
        }
    }

    static List<String> decoded() {
        return Golden.names("preprocess/decoded", ".png");
    }

    /** Every sample of a JPEG file is within three levels of what libjpeg-turbo makes of it. */
    @ParameterizedTest
    @MethodSource("decoded")
    void decodesJpegLikeTheReference(String name) {
        byte[] decoded = ImageDecoder.decode(Golden.file("preprocess/images/" + name + ".jpg"), OPTIONS)
                .samples();
        byte[] expected = ImageDecoder.decode(Golden.file("preprocess/decoded/" + name + ".png"), OPTIONS)
                .samples();
        assertThat(decoded).hasSameSizeAs(expected);
        for (int i = 0; i < decoded.length; i++) {
            assertThat(Math.abs((decoded[i] & 0xFF) - (expected[i] & 0xFF))).isLessThanOrEqualTo(3);
        }
    }

    private static byte[] jpeg() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(ImageIO.write(SamplePictures.draw("photo", "dog", 0).getSubimage(0, 0, 96, 72), "jpg", file))
                .isTrue();
        return file.toByteArray();
    }

    /** The file with an EXIF segment that holds an orientation alone. */
    private static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = HexFormat.of()
                .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100"
                        + HexFormat.of().toHexDigits((byte) orientation) + "0000" + "00000000");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(jpeg, 0, 2);
        file.writeBytes(exif);
        file.write(jpeg, 2, jpeg.length - 2);
        return file.toByteArray();
    }

    @Test
    void turnsImagesIfAsked() throws IOException {
        byte[] file = turned(jpeg(), 6);
        Bitmap stored = ImageDecoder.decode(file, "turned.jpg", OPTIONS);
        Bitmap turned = ImageDecoder.decode(file, "turned.jpg", OPTIONS.withOrientation(true));
        assertThat(stored).hasToString("96×72 RGB");
        assertThat(turned).hasToString("72×96 RGB");
        // Orientation 6: what is stored at the lower left is seen at the upper left.
        int lowerLeft = (stored.height() - 1) * stored.width() * 3;
        assertThat(Arrays.copyOf(turned.samples(), 3))
                .isEqualTo(Arrays.copyOfRange(stored.samples(), lowerLeft, lowerLeft + 3));
    }

    /** A JPEG file that ends early is decoded as far as it goes. */
    @Test
    void decodesATruncatedJpeg() throws IOException {
        byte[] file = jpeg();
        Bitmap whole = ImageDecoder.decode(file, "whole.jpg", OPTIONS);
        Bitmap half = ImageDecoder.decode(Arrays.copyOf(file, file.length / 2), "half.jpg", OPTIONS);
        assertThat(half).hasToString("96×72 RGB");
        int quarter = 96 * 8 * 3;
        assertThat(Arrays.copyOf(half.samples(), quarter)).isEqualTo(Arrays.copyOf(whole.samples(), quarter));
        assertThat(half.samples()).isNotEqualTo(whole.samples());
    }

    @Test
    void checksTheSizeFirst(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("line.png");
        ImageIO.write(new BufferedImage(40, 1, BufferedImage.TYPE_3BYTE_BGR), "png", path.toFile());
        assertThat(ImageDecoder.decode(path, OPTIONS.withMaxPixels(40)).width()).isEqualTo(40);
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ImageDecoder.decode(path, OPTIONS.withMaxPixels(39)))
                .withMessage("Refused to decode " + path
                        + ": it claims to have 40×1 pixels, the limit is 39 in all; make" + " it smaller");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void readsLosslessFormats(String format) throws IOException {
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(4, 2, 0x102030);
        Bitmap bitmap = decode(image, format);
        assertThat(bitmap).hasToString("5×3 RGB");
        assertThat(Arrays.copyOfRange(bitmap.samples(), 42, 45)).containsExactly(0x10, 0x20, 0x30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
    void readsPalettes(String format) throws IOException {
        byte[] red = new byte[256];
        byte[] blue = new byte[256];
        for (int i = 0; i < 256; i++) {
            red[i] = (byte) i;
            blue[i] = (byte) (255 - i);
        }
        BufferedImage image =
                new BufferedImage(3, 6, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, red, blue, blue));
        image.getRaster().setSample(2, 5, 0, 203);
        Bitmap bitmap = decode(image, format);
        assertThat(bitmap.mode()).isEqualTo(PixelMode.P);
        assertThat(Arrays.copyOfRange(PixelModes.toRgb(bitmap).samples(), 51, 54))
                .containsExactly((byte) 203, (byte) 52, (byte) 52);
    }

    /** A palette that is a ramp of grays is gray, which is then resized smoothly. */
    @Test
    void readsAGrayGif() throws IOException {
        byte[] ramp = new byte[256];
        for (int i = 0; i < 256; i++) {
            ramp[i] = (byte) i;
        }
        IndexColorModel grays = new IndexColorModel(8, 256, ramp, ramp, ramp);
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, grays);
        image.getRaster().setSample(0, 0, 0, 200);
        Bitmap bitmap = decode(image, "gif");
        assertThat(bitmap).hasToString("3×2 L");
        assertThat(bitmap.samples()[0]).isEqualTo((byte) 200);
    }

    @Test
    void readsSixteenBits() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(1, 0, 0, 0x1234);
        Bitmap bitmap = decode(image, "png");
        assertThat(bitmap).hasToString("2×1 I;16");
        assertThat(bitmap.samples()).containsExactly(0, 0, 0x34, 0x12);
    }

    private static Bitmap decode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, file)).isTrue();
        return ImageDecoder.decode(file.toByteArray(), "test." + format, OPTIONS);
    }

    /** Two frames, the first of which covers a part of the screen only. */
    @Test
    void readsTheFirstFrameOfAGif() {
        byte[] file = HexFormat.of()
                .parseHex(
                        "47494638396104000300800000000000ff0000" // 4×3, black and red
                                + "2c0100010002000100000202" + "4c0a" + "00" // 2×1 at (1, 1): two red pixels
                                + "3b");
        Bitmap bitmap = ImageDecoder.decode(file, "two.gif", OPTIONS);
        assertThat(bitmap).hasToString("4×3 P");
        assertThat(bitmap.samples()).containsExactly(0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
    }
}
