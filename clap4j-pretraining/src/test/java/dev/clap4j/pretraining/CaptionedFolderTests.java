package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CaptionedFolderTests {
    private static final int IMAGES = 7;

    @TempDir
    private static Path folder;

    /** The first pictures of the shapes' world, each with its number as caption. */
    private static Path write() throws IOException {
        Path written = Files.createDirectories(folder.resolve("good/pictures")).getParent();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            String name = "pictures/" + i + ".png";
            ImageIO.write(ShapesWorld.picture(i), "png", written.resolve(name).toFile());
            lines.append("{\"image\": \"" + name + "\", \"caption\": \"" + i + "\", \"source\": \"test\"}\n\n");
        }
        Files.writeString(written.resolve(CaptionedFolder.CAPTIONS), lines);
        return written;
    }

    @Test
    void imagesAndCaptionsStayTogether() throws IOException {
        CaptionedFolder source = CaptionedFolder.open(write(), ShapesWorld.SIZE, 3);
        ShapesWorld world = new ShapesWorld();
        assertThat(source.imageSize()).isEqualTo(ShapesWorld.SIZE);
        for (long index = 0; index < 3 * IMAGES; index++) {
            assertThat(source.pixels(index)).isEqualTo(world.pixels(Long.parseLong(source.caption(index))));
        }
    }

    /** Captions from Windows, with a byte order mark, of an image whose name macOS has decomposed. */
    @Test
    void captionsOfOtherSystemsAreRead() throws IOException {
        Path written = Files.createDirectories(folder.resolve("systems"));
        ImageIO.write(
                ShapesWorld.picture(0),
                "png",
                written.resolve("Scha\u0308fer.png").toFile());
        Files.writeString(
                written.resolve(CaptionedFolder.CAPTIONS),
                "\uFEFF{\"image\": \"Sch\u00e4fer.png\", \"caption\": \"a dog\"}\r\n");
        CaptionedFolder source = CaptionedFolder.open(written, ShapesWorld.SIZE, 3);
        assertThat(source.caption(0)).isEqualTo("a dog");
        assertThat(source.pixels(0)).isEqualTo(new ShapesWorld().pixels(0));
    }

    @Test
    void everyPassHasAllImagesInAnotherOrder() throws IOException {
        CaptionedFolder source = CaptionedFolder.open(write(), ShapesWorld.SIZE, 3);
        List<String> first = pass(source, 0);
        assertThat(first).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
        assertThat(pass(source, 1)).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
        // A pure function of the index: what was asked for in between does not matter.
        pass(source, 1_000_000);
        assertThat(pass(source, 0)).isEqualTo(first);
        assertThat(pass(CaptionedFolder.open(write(), ShapesWorld.SIZE, 3), 0)).isEqualTo(first);
        assertThat(pass(CaptionedFolder.open(write(), ShapesWorld.SIZE, 4), 0)).isNotEqualTo(first);
    }

    private static List<String> pass(CaptionedFolder source, long number) {
        return LongStream.range(number * IMAGES, (number + 1) * IMAGES)
                .mapToObj(source::caption)
                .toList();
    }

    @Test
    void whatItIsMadeOfIsDescribed() throws IOException {
        CaptionedFolder source = CaptionedFolder.open(write(), ShapesWorld.SIZE, 3);
        assertThat(source.describe()).containsEntry("kind", "folder").containsEntry("images", "7");
        String before = source.describe().get("captions-fingerprint");
        Path captions = folder.resolve("good").resolve(CaptionedFolder.CAPTIONS);
        Files.writeString(captions, Files.readString(captions).replace("\"0\"", "\"zero\""));
        assertThat(CaptionedFolder.open(folder.resolve("good"), ShapesWorld.SIZE, 3)
                        .describe()
                        .get("captions-fingerprint"))
                .isNotEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> eachBadFolderIsRefusedInItsOwnWords() throws IOException {
        return BadCaptionedFolders.create(folder.resolve("bad")).stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> assertThatThrownBy(
                                () -> CaptionedFolder.open(bad.path(), ShapesWorld.SIZE, 0))
                        .isInstanceOf(ClapException.class)
                        .hasMessage(bad.message())));
    }

    @Test
    void whatIsNoJsonIsNamedWithItsLine() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("no-json"));
        Path captions = Files.writeString(bad.resolve(CaptionedFolder.CAPTIONS), "image,caption\n");
        assertThatThrownBy(() -> CaptionedFolder.open(bad, ShapesWorld.SIZE, 0))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(captions + ", line 1, is not JSON: Unrecognized token 'image'");
    }

    @Test
    void linesOfDamagedImagesAreAsIfTheyWereNotThere() throws IOException {
        Path captions = write().resolve(CaptionedFolder.CAPTIONS);
        Path damaged = Files.writeString(folder.resolve("good/pictures/bad.png"), "no picture");
        String lines = Files.readString(captions);
        CaptionedFolder absent = CaptionedFolder.open(folder.resolve("good"), ShapesWorld.SIZE, 3);
        Files.writeString(captions, "{\"image\": \"pictures/bad.png\", \"caption\": \"bad\"}\n" + lines);

        CaptionedFolder readable = CaptionedFolder.open(folder.resolve("good"), ShapesWorld.SIZE, 3)
                .readable(Progress.NONE);

        assertThat(readable.unreadable()).extracting(UnreadableImage::file).containsExactly(damaged.toAbsolutePath());
        assertThat(readable.describe()).isEqualTo(absent.describe());
        assertThat(pass(readable, 1)).isEqualTo(pass(absent, 1));
        Files.writeString(captions, "{\"image\": \"pictures/bad.png\", \"caption\": \"bad\"}\n");
        assertThatThrownBy(() -> CaptionedFolder.open(folder.resolve("good"), ShapesWorld.SIZE, 3)
                        .readable(Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("None of the images can be decoded: Cannot decode ");
        Files.delete(damaged);
    }

    @Test
    void aDamagedImageIsNamedWhenItsTurnComes() throws IOException {
        Path bad = Files.createDirectories(folder.resolve("damaged"));
        Path image = Files.writeString(bad.resolve("1.png"), "no picture");
        Files.writeString(bad.resolve(CaptionedFolder.CAPTIONS), "{\"image\": \"1.png\", \"caption\": \"one\"}");
        CaptionedFolder source = CaptionedFolder.open(bad, ShapesWorld.SIZE, 0);
        assertThatThrownBy(() -> source.pixels(0))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(image.toString());
    }
}
