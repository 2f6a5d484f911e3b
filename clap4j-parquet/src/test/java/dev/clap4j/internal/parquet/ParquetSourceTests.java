package dev.clap4j.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.dataset.ImageContent;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.image.DecodeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow 25 wrote, of PNG files of 24 by 24 pixels that Pillow wrote. */
class ParquetSourceTests {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        return Files.write(folder.resolve("x.parquet"), bytes(name));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ParquetSourceTests.class.getResourceAsStream(name + ".parquet")) {
            return in.readAllBytes();
        }
    }

    private static List<SourceImage> images(Path file) {
        ImageSource source = ImageSources.container(file).orElseThrow();
        List<SourceImage> images = new ArrayList<>();
        try (ImageCursor cursor = source.open()) {
            cursor.forEachRemaining(images::add);
        }
        return images;
    }

    private static int width(SourceImage image) {
        return image.content()
                .decode(DecodeOptions.defaults(), Function.identity())
                .width();
    }

    @Test
    void huggingFaceDatasets() throws IOException {
        Path file = file("huggingface");
        List<SourceImage> images = images(file);
        assertThat(images)
                .extracting(SourceImage::id)
                .startsWith(file + "/0", file + "/1")
                .hasSize(5);
        assertThat(images)
                .extracting(image -> image.label().orElse("none"))
                .containsExactly("dog", "guitar", "house", "dog", "none");
        assertThat(images).allSatisfy(image -> assertThat(width(image)).isEqualTo(24));
        assertThat(images)
                .extracting(image -> ((ImageContent.InMemory) image.content()).bytes().length)
                .containsExactly(180, 162, 163, 167, 168);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes-zstd", "bytes-gzip", "bytes-lz4", "bytes-none"})
    void everyCompressionAndBothKindsOfPages(String name) throws IOException {
        List<SourceImage> plain = images(file("huggingface"));
        Path file = file(name);
        List<SourceImage> images = images(file);
        assertThat(images)
                .extracting(image -> image.label().orElse("none"))
                .containsExactly("dog", "none", "house", "dog", "dog");
        assertThat(images).extracting(image -> image.domain().orElseThrow()).containsExactly("a", "a", "b", "b", "b");
        for (int i : new int[] {0, 1, 4}) {
            assertThat(images.get(i).content().digest())
                    .isEqualTo(plain.get(i).content().digest());
        }
        assertThatThrownBy(() -> width(images.get(2)))
                .hasMessage("Cannot read row 2 of " + file + ": it has no image in the column photo");
        assertThatThrownBy(() -> width(images.get(3))).hasMessageStartingWith("Cannot decode row 3 of " + file);
    }

    @Test
    void numbersWithoutNamesStay() throws IOException {
        assertThat(images(file("numbers")))
                .extracting(image -> image.label().orElse("none"))
                .containsExactly("0", "1", "2", "0", "1");
    }

    private static void refused(Path file, String message) {
        assertThatThrownBy(() -> images(file)).isInstanceOf(ClapException.class).hasMessageContaining(message);
    }

    @Test
    void otherFiles() throws IOException {
        refused(file("bytes-brotli"), "is compressed with BROTLI, which is not supported");
        refused(file("two"), "several columns of bytes, and which holds the images cannot be told: a, b");
        refused(file("text"), "has no column of images: bytes, or a struct with a field bytes; it has name");
        refused(file("lists"), "should hold texts or whole numbers, one for each image, but holds lists or groups");
        ImageSource empty = ImageSources.container(file("empty")).orElseThrow();
        assertThatThrownBy(empty::count).hasMessageContaining("it has no rows");
        refused(Files.writeString(folder.resolve("x.parquet"), ""), "it should be a Parquet file, but it is empty");
        refused(
                Files.writeString(folder.resolve("x.parquet"), "version https://git-lfs.github.com/spec/v1\nsize 1\n"),
                "a git-lfs pointer");
        byte[] whole = bytes("huggingface");
        refused(Files.write(folder.resolve("x.parquet"), Arrays.copyOf(whole, 3000)), "it is incomplete");
        byte[] long1 = whole.clone();
        long1[whole.length - 5] = 1;
        refused(Files.write(folder.resolve("x.parquet"), long1), "the footer is damaged");
    }

    /** Pages have checksums, so a changed byte in a picture is found, and the row group or row is named. */
    @Test
    void damagedPages() throws IOException {
        byte[] whole = bytes("huggingface");
        byte[] changed = whole.clone();
        changed[150] ^= 1;
        refused(Files.write(folder.resolve("x.parquet"), changed), "is damaged (");
    }

    /** Whatever is changed, the file is read or refused. */
    @Test
    void anyChangeIsReadOrRefused() throws IOException {
        Random random = new Random(1);
        for (String name : List.of("huggingface", "bytes-zstd", "bytes-none")) {
            byte[] whole = bytes(name);
            for (int i = 0; i < 300; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                Path file = Files.write(folder.resolve("x.parquet"), changed);
                try {
                    images(file);
                } catch (ClapException e) {
                    assertThat(e.getMessage()).contains(file.toString());
                }
            }
        }
    }
}
