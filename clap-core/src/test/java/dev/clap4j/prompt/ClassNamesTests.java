package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTests {
    @Test
    void folderNamesBecomeWords() {
        assertThat(ClassNames.fromFolder("Alarm_Clock")).isEqualTo("alarm clock");
        assertThat(ClassNames.fromFolder("TV")).isEqualTo("tv");
    }

    @Test
    void listsKeepTheirOrderAndCase() {
        assertThat(ClassNames.parse("zebra, The Great Wall ,t-shirt"))
                .containsExactly("zebra", "The Great Wall", "t-shirt");
    }

    @Test
    void emptyAndRepeatedNamesAreRefused() {
        assertThatThrownBy(() -> ClassNames.parse("dog,,cat"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The class list \"dog,,cat\" has an empty name;"
                        + " write the names with single commas between them: dog,alarm clock");
        assertThatThrownBy(() -> ClassNames.parse("dog,cat,dog"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The class \"dog\" is named twice in \"dog,cat,dog\"");
    }

    @Test
    void filesHaveANameALine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("classes.txt"), "# mine\ndog\n\n alarm clock \n");
        assertThat(ClassNames.read(file)).containsExactly("dog", "alarm clock");
    }

    @Test
    void badFilesAreExplained(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("classes.txt");
        assertThatThrownBy(() -> ClassNames.read(file))
                .hasMessage("Cannot read the class names in " + file + ": java.nio.file.NoSuchFileException: " + file);
        Files.writeString(file, "\n# nothing\n");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage(file + " has no class names; write one a line");
        Files.writeString(file, "dog\ncat\ndog\n");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage("The class \"dog\" is named twice in " + file);
        Files.write(file, new byte[] {'c', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> ClassNames.read(file))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot read the class names in " + file + ": it is not UTF-8 text");
    }
}
