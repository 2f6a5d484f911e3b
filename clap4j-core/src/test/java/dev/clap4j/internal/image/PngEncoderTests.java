package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PngEncoderTests {
    @Property(tries = 100)
    void anotherReaderFindsEveryPixel(
            @ForAll @IntRange(min = 1, max = 90) int width, @ForAll @IntRange(min = 1, max = 90) int height)
            throws IOException {
        byte[] samples = new byte[3 * width * height];
        new Random(width * 1000L + height).nextBytes(samples);

        byte[] file = PngEncoder.encode(Bitmap.of(PixelMode.RGB, width, height, samples));

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(read.getWidth()).isEqualTo(width);
        assertThat(read.getHeight()).isEqualTo(height);
        for (int i = 0; i < width * height; i++) {
            int rgb =
                    ((samples[3 * i] & 0xFF) << 16) | ((samples[3 * i + 1] & 0xFF) << 8) | (samples[3 * i + 2] & 0xFF);
            assertThat(read.getRGB(i % width, i / width) & 0xFFFFFF).isEqualTo(rgb);
        }
    }

    @Property(tries = 50)
    void imagesOfJavaHaveTheSamePixels(
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 40) int height) {
        byte[] samples = new byte[3 * width * height];
        new Random(width * 1000L + height).nextBytes(samples);
        Bitmap bitmap = Bitmap.of(PixelMode.RGB, width, height, samples);

        assertThat(Bitmap.of(bitmap.toImage()).samples()).isEqualTo(samples);
    }

    @Test
    void otherModesAreRefused() {
        assertThatThrownBy(() -> PngEncoder.encode(Bitmap.of(PixelMode.L, 1, 1, new byte[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Only RGB can be encoded, not 1×1 L");
    }
}
