package dev.clap4j.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPicturesTests {
    private static final List<String> CLASSES = List.of("alarm clock", "dog");

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String name : List.of("Alarm_Clock/a.png", "Alarm_Clock/below/b.jpg", "dog/c.png", "dog/note.txt")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    @Test
    void theSeedChoosesAmongThePicturesOfTheClass() {
        ClassPictures pictures = ClassPictures.read(folder, CLASSES);
        Set<Path> chosen = new HashSet<>();
        for (long seed = -5; seed < 5; seed++) {
            chosen.add(pictures.choose("alarm clock", seed));
            assertThat(pictures.choose("dog", seed)).isEqualTo(folder.resolve("dog/c.png"));
            assertThat(pictures.choose("alarm clock", seed)).isEqualTo(pictures.choose("alarm clock", seed));
        }
        assertThat(chosen)
                .containsExactlyInAnyOrder(
                        folder.resolve("Alarm_Clock/a.png"), folder.resolve("Alarm_Clock/below/b.jpg"));
        assertThatThrownBy(() -> pictures.choose("cat", 1))
                .isInstanceOf(ClapException.class)
                .hasMessage("There are pictures of alarm clock, dog, not of cat");
    }

    @Test
    void theFingerprintIsOfNamesAndContents() throws IOException {
        String all = ClassPictures.read(folder, CLASSES).fingerprint();
        assertThat(ClassPictures.read(folder, List.of("dog", "alarm clock")).fingerprint())
                .isEqualTo(all);
        assertThat(ClassPictures.read(folder, List.of("dog")).fingerprint()).isNotEqualTo(all);
        Files.writeString(folder.resolve("dog/c.png"), "another");
        String changed = ClassPictures.read(folder, CLASSES).fingerprint();
        assertThat(changed).isNotEqualTo(all);
        Files.move(folder.resolve("dog/c.png"), folder.resolve("dog/d.png"));
        assertThat(ClassPictures.read(folder, CLASSES).fingerprint()).isNotEqualTo(changed);
    }

    @Test
    void foldersThatLackAClassAreExplained() throws IOException {
        assertRefused(
                List.of("cat"),
                "There are no pictures of the class \"cat\" in " + folder
                        + "; they are looked for in a folder of that name");
        Files.createDirectory(folder.resolve("cat"));
        assertRefused(List.of("cat"), "There are no images in " + folder.resolve("cat"));
        Files.createDirectory(folder.resolve("alarm clock"));
        assertRefused(CLASSES, "The folders ");
    }

    private void assertRefused(List<String> classes, String message) {
        assertThatThrownBy(() -> ClassPictures.read(folder, classes))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(message);
    }
}
