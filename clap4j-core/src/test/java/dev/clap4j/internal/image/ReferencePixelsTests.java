package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that were once decoded or prepared wrongly; expected: Pillow's and transformers' bytes. */
class ReferencePixelsTests {
    private static final DecodeOptions OPTIONS = DecodeOptions.defaults();

    @ParameterizedTest
    @CsvSource({
        "webp-lossy, 3",
        "webp-animated-offset, 2",
        "tiff-orientation, 2",
        "tiff-sample-formats, 5",
        "formats-missing, 2",
    })
    void pixelsArePillows(String fault, int files) {
        Path folder = Faults.file(fault);
        SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected_pixels_64.safetensors"));
        assertThat(compared(Preprocessing.openAi(64), folder, expected)).isEqualTo(files);
    }

    @Test
    void huggingFacesPixelsAreTransformers() {
        Path folder = Faults.file("hf-preprocessing");
        SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected_pixels_32.safetensors"));
        Preprocessing preprocessing = Preprocessing.find(folder, 32);
        assertThat(compared(preprocessing, folder.resolve("images"), expected)).isEqualTo(5);
    }

    private static int compared(Preprocessing preprocessing, Path folder, SafetensorsFile expected) {
        int compared = 0;
        for (String name : expected.names()) {
            Path image = folder.resolve(name);
            if (!Files.exists(image) || name.matches(".*\\.(avif|jp2)")) {
                continue;
            }
            TensorData reference = expected.get(name);
            byte[] bytes = new byte[Math.toIntExact(reference.elements())];
            reference.bytes().get(bytes);
            assertThat(preprocessing.pixels(image, OPTIONS)).as(name).isEqualTo(bytes);
            compared++;
        }
        return compared;
    }

    @ParameterizedTest
    @CsvSource({"x.avif, an AVIF image", "x.jp2, a JPEG 2000 image"})
    void otherKindsAreNamed(String file, String kind) {
        Path image = Faults.file("formats-missing").resolve(file);
        assertThatThrownBy(() -> ImageDecoder.decode(image, OPTIONS))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot decode " + image + ": it is " + kind
                        + ", which is not supported; convert it to JPEG or PNG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webp-hang/hang.webp",
                "small-file-much-memory/embed_size2g.bmp",
                "small-file-much-memory/offset_40000.gif",
                "small-file-much-memory/prog_2000_3000scans.jpg",
                "small-file-much-memory/thin_2x3000000.png",
                "small-file-much-memory/vp8l_13000.webp"
            })
    @Timeout(20)
    void whatCostsTooMuchIsRefused(String file) {
        Path image = Faults.file(file);
        assertThatThrownBy(() -> ImageDecoder.decode(image, OPTIONS))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(image.toString());
    }
}
