package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Small images of every kind and variety that is read, and what Pillow 12.3 makes of each: size and mode, the CRC-32 of
 * its samples, and that of the red, green and blue of the image resized to 17 × 13 with the bicubic filter. They were
 * written by Pillow, cwebp and, for what neither writes, by a script that puts headers together.
 */
class PillowImagesTests {
    @Test
    void samplesArePillows() throws IOException {
        Map<String, byte[]> files = files();
        String expected = new String(files.remove("expected.tsv"), StandardCharsets.UTF_8);
        SoftAssertions softly = new SoftAssertions();
        expected.lines().forEach(line -> {
            String name = line.substring(0, line.indexOf('\t'));
            softly.assertThatCode(() ->
                            softly.assertThat(summary(name, files.get(name))).isEqualTo(line))
                    .as(name)
                    .doesNotThrowAnyException();
        });
        softly.assertAll();
        assertThat(expected.lines().count()).isEqualTo(files.size()).isGreaterThan(300);
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (InputStream in = PillowImagesTests.class.getResourceAsStream("pillow.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static String summary(String name, byte[] file) {
        Bitmap bitmap = ImageDecoder.decode(file, name, DecodeOptions.defaults());
        Bitmap small = PillowResize.resize(bitmap, 17, 13, Resampling.BICUBIC).toRgb();
        return "%s\t%s\t%08x\t%08x".formatted(name, bitmap, crc(bitmap.samples()), crc(small.samples()));
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
