package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.PassingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTests {
    @TempDir
    Path folder;

    @Test
    void listsImagesByName() throws IOException {
        for (String name : new String[] {
            "b/2.PNG", "b/1.jpeg", "a.webp", "notes.txt", "b/.hidden.jpg", ".cache/3.jpg", "c/d/4.tif", "Thumbs.db"
        }) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        assertThat(ImageFiles.list(folder))
                .extracting(file -> ImageFiles.id(folder, file))
                .containsExactly("a.webp", "b/1.jpeg", "b/2.PNG", "c/d/4.tif");
        Path single = folder.resolve("notes.txt");
        assertThat(ImageFiles.list(single)).containsExactly(single);
        assertThat(ImageFiles.id(single, single)).isEqualTo("notes.txt");
    }

    /** On most systems such a name leads nowhere. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBackslashIsACharacterLikeAnyOther() throws IOException {
        Path image = Files.writeString(folder.resolve("a\\..\\..\\evil.png"), "");
        assertThat(ImageFiles.list(folder)).containsExactly(image);
        assertThat(ImageFiles.id(folder, image)).isEqualTo("a\\..\\..\\evil.png");
    }

    @Test
    void countsWhatIsNoImage() throws IOException {
        for (String name :
                new String[] {"a.jpg", "a.txt", "b/B.TXT", "b/c.heic", "b/clip.mp4", ".DS_Store", "LICENSE"}) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        IgnoredFiles others = new IgnoredFiles();
        assertThat(ImageFiles.list(folder, others)).containsExactly(folder.resolve("a.jpg"));
        assertThat(others.summary())
                .contains("ignored 5 files of unsupported kinds: 2 .txt, 1 .heic, 1 .mp4, 1 without an ending");
        assertThat(new IgnoredFiles().summary()).isEmpty();

        Files.delete(folder.resolve("a.jpg"));
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ImageFiles.list(folder))
                .withMessageStartingWith(
                        "There are no images in " + folder + ", only 2 .txt, 1 .heic, 1 .mp4, 1 without an ending; ");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void takesRegularFilesAlone() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "");
        Files.createSymbolicLink(folder.resolve("b.jpg"), folder.resolve("gone.jpg"));
        Path device = Files.createSymbolicLink(folder.resolve("c.jpg"), Path.of("/dev/zero"));
        IgnoredFiles others = new IgnoredFiles();
        assertThat(ImageFiles.list(folder, others)).containsExactly(folder.resolve("a.jpg"));
        assertThat(others.kinds()).isEqualTo("1 broken link, 1 pipe or device");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ImageFiles.list(device))
                .withMessage(device + " is a pipe or a device; a regular file was expected");
        Files.delete(device);
        Files.delete(folder.resolve("b.jpg"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void passesOverLinksThatLeadBack() throws IOException {
        Path below = Files.createDirectory(folder.resolve("below"));
        Path image = Files.writeString(below.resolve("a.jpg"), "");
        Path loop = Files.createSymbolicLink(below.resolve("loop"), folder);
        IgnoredFiles others = new IgnoredFiles();
        assertThat(ImageFiles.list(folder, others)).containsExactly(image);
        assertThat(others.summary())
                .contains("ignored 1 file of unsupported kinds: 1 link to a folder above it, the first at " + loop);
        Files.delete(loop);
    }

    /** A picture that goes while its folder is listed is as if it had never been: neither listed nor counted. */
    @Test
    void picturesMayGoMeanwhile() throws Throwable {
        Path stays = Files.writeString(folder.resolve("stays.png"), "");
        PassingFiles.beside(folder, () -> {
            IgnoredFiles others = new IgnoredFiles();
            assertThat(ImageFiles.list(folder, others)).contains(stays);
            assertThat(others.kinds()).isEmpty();
        });
    }

    @Test
    void saysWhereNothingIs() {
        Path missing = folder.resolve("missing");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ImageFiles.list(missing))
                .withMessage("There is no file or folder " + missing);
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> ImageFiles.list(folder))
                .withMessage("There are no images in " + folder
                        + "; files called .jpg, .png, .webp, .gif, .bmp, .tif, .ppm, .ico or .tga are"
                        + " looked for, in its subfolders too");
    }

    /** A pipe could block whoever opens it, a device never end. */
    @Test
    void passesOverWhatIsNoRegularFile() throws IOException, InterruptedException {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/mkfifo"))).isTrue();
        Path pipe = folder.resolve("pipe.png");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path device = Files.createSymbolicLink(folder.resolve("device.png"), Path.of("/dev/zero"));
        Path image = Files.write(folder.resolve("image.ppm"), new byte[1]);
        assertThat(ImageFiles.list(folder)).containsExactly(image);
        for (Path file : List.of(pipe, device)) {
            assertThatExceptionOfType(ClapException.class)
                    .isThrownBy(() -> ImageDecoder.decode(file, DecodeOptions.defaults()))
                    .withMessage(file + " is a pipe or a device; a regular file was expected");
        }
    }
}
