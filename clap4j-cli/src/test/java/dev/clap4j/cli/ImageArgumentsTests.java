package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.IgnoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageArgumentsTests {
    private static List<Path> find(String argument) {
        return ImageArguments.find(argument, new IgnoredFiles());
    }

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : List.of("b.png", "a.JPG", "notes.txt", "deep/c.webp", ".hidden.png", "d [1].gif")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
    }

    private List<Path> paths(String... names) {
        return Arrays.stream(names).map(folder::resolve).toList();
    }

    @Test
    void foldersAreSearchedToTheirDepth() {
        assertThat(find(folder.toString())).isEqualTo(paths("a.JPG", "b.png", "d [1].gif", "deep/c.webp"));
    }

    @Test
    void aFileIsTakenWhateverItsName() {
        assertThat(find(folder + "/notes.txt")).isEqualTo(paths("notes.txt"));
        assertThat(find(folder + "/d [1].gif")).isEqualTo(paths("d [1].gif"));
    }

    @Test
    void patternsMatchAsInAShell() {
        assertThat(find(folder + "/*.{png,JPG}")).isEqualTo(paths("a.JPG", "b.png"));
        assertThat(find(folder + "/**.webp")).isEqualTo(paths("deep/c.webp"));
        assertThat(find(folder + "/de?p/*")).isEqualTo(paths("deep/c.webp"));
    }

    @Test
    void patternsFollowNoLinksAndSurviveLoops() throws IOException {
        Files.createSymbolicLink(folder.resolve("deep/loop"), folder);
        Files.createSymbolicLink(folder.resolve("deep/self"), folder.resolve("deep/self"));
        Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("b.png"));
        assertThat(find(folder + "/**.{webp,png}")).isEqualTo(paths("b.png", "deep/c.webp", "link.png"));
        assertThatThrownBy(() -> find(folder + "/{{{{{"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("is malformed");
        IgnoredFiles others = new IgnoredFiles();
        assertThat(ImageArguments.find(folder.toString(), others)).contains(folder.resolve("deep/c.webp"));
        assertThat(others.kinds()).contains("1 link to a folder above it", "1 broken link");
    }

    @Test
    void nothingFoundIsExplained() throws IOException {
        assertThatThrownBy(() -> find(folder + "/none.jpg"))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file or folder " + folder + "/none.jpg");
        assertThatThrownBy(() -> find(folder + "/*.bmp"))
                .isInstanceOf(ClapException.class)
                .hasMessage("No file matches " + folder + "/*.bmp");
        assertThatThrownBy(() -> find(folder + "/nowhere/*.bmp"))
                .isInstanceOf(ClapException.class)
                .hasMessage("No file matches " + folder + "/nowhere/*.bmp");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> find(empty.toString()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("There are no images in " + empty);
    }
}
