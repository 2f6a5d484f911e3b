package dev.clap4j.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.io.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTests {
    private static final byte[] PICTURE = {1, 2, 3};

    @TempDir
    private Path folder;

    private Path write(byte[] tar) throws IOException {
        return Files.write(folder.resolve("a.tar"), tar);
    }

    private static List<SourceImage> images(Path file) {
        ImageSource source = ImageSources.container(file).orElseThrow();
        List<SourceImage> images = new ArrayList<>();
        try (ImageCursor cursor = source.open()) {
            cursor.forEachRemaining(images::add);
        }
        assertThat(source.count()).isEqualTo(images.size());
        return images;
    }

    /** Archives that Python's tarfile wrote, of PNG files that Pillow wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void everyFormat(String format) throws IOException {
        try (InputStream in = TarSourceTests.class.getResourceAsStream(format + ".tar")) {
            write(in.readAllBytes());
        }
        Path file = folder.resolve("a.tar");
        List<SourceImage> images = images(file);
        String guitars = "guitar-".repeat(format.equals("ustar") ? 12 : 25);
        assertThat(images)
                .extracting(SourceImage::id)
                .containsExactly(
                        file + "/photo/dog/a.png",
                        file + "/./photo/" + guitars + "/ü.png",
                        file + "/0001.png",
                        file + "/0002.jpg");
        assertThat(images).extracting(image -> image.label().orElse("")).containsExactly("dog", guitars, "2", "house");
        assertThat(images)
                .extracting(image -> image.domain().orElse(""))
                .containsExactly("photo", "photo", "", "sketch");
        assertThat(images).allSatisfy(image -> assertThat(image.content()
                        .decode(DecodeOptions.defaults(), Function.identity())
                        .width())
                .isEqualTo(24));
        assertThat(images).extracting(image -> image.content().digest()).doesNotHaveDuplicates();
    }

    @Test
    void contentIsReadInPlace() throws IOException {
        Path file = write(
                new TarFiles().with("x.txt", "other").with("a.png", PICTURE).closed());
        ImageContent.Slice slice = (ImageContent.Slice) images(file).get(0).content();
        assertThat(slice.read()).isEqualTo(PICTURE);
        assertThat(slice.digest()).isEqualTo(Digests.of(PICTURE));
    }

    /** Nothing is unpacked: names outside of the folder are names, and links and devices are reported. */
    @Test
    void nothingTouchesTheDisk() throws IOException {
        Path file = write(new TarFiles()
                .with("../../etc/a.png", PICTURE)
                .with("/b\n.png", PICTURE)
                .with("link.png", '2', "0", new byte[0])
                .with("hard.png", '1', "00000000777", new byte[0])
                .with("device.png", '3', "0", new byte[0])
                .with("sparse.png", 'S', "00000000003", PICTURE)
                .with("._hidden.png", PICTURE)
                .with("folder.png/", '5', "0", new byte[0])
                .closed());
        List<SourceImage> images = images(file);
        assertThat(images)
                .extracting(SourceImage::id)
                .startsWith(file + "/../../etc/a.png", file + "//b\\n.png")
                .hasSize(6);
        List<String> reasons =
                images.stream().skip(2).map(TarSourceTests::reason).toList();
        assertThat(reasons.get(0)).contains("link.png: it is a link");
        assertThat(reasons.get(1)).contains("hard.png: it is a link");
        assertThat(reasons.get(2)).contains("device.png: it is not a regular file");
        assertThat(reasons.get(3)).contains("sparse.png: it is sparse");
    }

    private static String reason(SourceImage image) {
        try {
            image.content().digest();
            return "";
        } catch (ClapException e) {
            return e.getMessage();
        }
    }

    @Test
    void manyImagesMayShareABeginning() throws IOException {
        TarFiles tar = new TarFiles();
        for (int i = 0; i < 2500; i++) {
            tar.with("a." + i + ".png", PICTURE);
        }
        assertThat(images(write(tar.closed()))).hasSize(2500);
    }

    private void refused(byte[] tar, String message) throws IOException {
        Path file = write(tar);
        assertThatThrownBy(() -> images(file)).isInstanceOf(ClapException.class).hasMessageContaining(message);
        assertThatThrownBy(() -> ImageSources.container(file).orElseThrow().count())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(message);
    }

    @Test
    void malformedArchives() throws IOException {
        byte[] whole =
                new TarFiles().with("a.png", PICTURE).with("b.png", PICTURE).closed();
        refused(new byte[0], "it is empty");
        refused(Arrays.copyOf(whole, 515), "it is incomplete; the archive has no end mark");
        refused(Arrays.copyOf(whole, 513), "it is incomplete; its member a.png has 3 bytes, of which 1 are there");
        refused(Arrays.copyOf(whole, 2048), "the archive has no end mark");
        byte[] flipped = whole.clone();
        flipped[1024] ^= 1;
        refused(flipped, "it is damaged at byte 1024; the checksum of a header is");
        byte[] twice = Arrays.copyOf(whole, 2 * whole.length);
        System.arraycopy(whole, 0, twice, whole.length, whole.length);
        refused(twice, "more follows after the archive's end");
        refused(
                "not an archive at all".repeat(100).getBytes(StandardCharsets.UTF_8),
                "it should be a tar archive, but it is a text file");
        refused(new TarFiles().with("a.png", '0', "77777777777", PICTURE).closed(), "it is incomplete");
        refused(new TarFiles().with("a.png", '0', "12x", PICTURE).closed(), "other signs than octal digits");
        for (String size : List.of("-1", "0000000001/", "1 2", "1\t2", "0\0001")) {
            refused(new TarFiles().with("a.png", '0', size, PICTURE).closed(), "other signs than octal digits");
        }
        refused(new TarFiles().with("n", 'L', "00077777777", PICTURE).closed(), "the limit is 1048576");
        refused(new TarFiles().with("n", 'x', "00000000003", PICTURE).closed(), "attributes of a member are malformed");
        Path json =
                write(new TarFiles().with("a.png", PICTURE).with("a.json", "{").closed());
        assertThatThrownBy(() -> images(json)).hasMessageContaining(json + "/a.json is not JSON");
    }

    @Test
    void archivesWithoutImages() throws IOException {
        Path file = write(new TarFiles().with("a.heic", PICTURE).closed());
        ImageSource source = ImageSources.container(file).orElseThrow();
        assertThatThrownBy(source::count)
                .hasMessageContaining("There are no images in " + file + ", only 1 other members");
        Path packed = Files.write(folder.resolve("a.tar.gz"), PICTURE);
        assertThatThrownBy(() -> ImageSources.container(packed)).hasMessageContaining("is a compressed archive");
        assertThat(ImageSources.container(folder)).isEqualTo(Optional.empty());
    }
}
