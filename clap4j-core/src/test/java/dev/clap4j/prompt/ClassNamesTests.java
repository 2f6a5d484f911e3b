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

    /** Without a locale, Java cannot read names with umlauts. */
    @Test
    void namesThatCannotBeReadAreNoClasses() {
        assertThatThrownBy(() -> ClassNames.fromFolder("sch\uFFFD\uFFFDfer"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The name of the folder sch\uFFFD\uFFFDfer is not in ")
                .hasMessageEndingWith("set the environment variable LC_ALL to C.UTF-8, or rename the folder");
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
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage("There is no file " + file);
        Files.writeString(file, "\n# nothing\n");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage(file + " has no class names; write one per line");
        Files.writeString(file, "dog\ncat\ndog\n");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessage("The class \"dog\" is named twice in " + file);
        Files.write(file, new byte[] {'c', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> ClassNames.read(file))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot read " + file + ": it is not UTF-8 text");
    }

    /** In quotation marks, a name may have a comma, as in files of comma-separated values. */
    @Test
    void namesWithCommasStandInQuotationMarks() {
        assertThat(ClassNames.parse("\"dog, hot\",cat")).containsExactly("dog, hot", "cat");
        assertThat(ClassNames.parse(" \"a \"\"big\"\" dog\" , \" cat \"")).containsExactly("a \"big\" dog", "cat");
        assertThat(ClassNames.parse("a 6\" pipe,the \"best\"")).containsExactly("a 6\" pipe", "the \"best\"");
    }

    @Test
    void quotationMarksMustBeClosed() {
        String help = "; write a name with a comma as \"dog, hot\", and a quotation mark within quotation marks twice";
        assertThatThrownBy(() -> ClassNames.parse("cat,\"dog, hot"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The list cat,\"dog, hot has a quotation mark that is not closed" + help);
        assertThatThrownBy(() -> ClassNames.parse("\"dog\" hot,cat"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The list \"dog\" hot,cat continues after a closing quotation mark" + help);
        assertThatThrownBy(() -> ClassNames.parse("dog,\"\",cat")).hasMessageContaining("has an empty name");
    }

    /** Windows' editors put a byte order mark before UTF-8. */
    @Test
    void aByteOrderMarkIsNoPartOfAName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("classes.txt"), "\uFEFFdog\r\ncat\r\n");
        assertThat(ClassNames.read(file)).containsExactly("dog", "cat");
    }

    /** macOS writes an umlaut as two characters. */
    @Test
    void composedAndDecomposedNamesAreTheSame(@TempDir Path folder) throws IOException {
        assertThat(ClassNames.fromFolder("Scha\u0308fer_Hund")).isEqualTo("sch\u00e4fer hund");
        assertThat(ClassNames.parse("Scha\u0308ferhund")).containsExactly("Sch\u00e4ferhund");
        Path file = Files.writeString(folder.resolve("classes.txt"), "Scha\u0308ferhund\nSch\u00e4ferhund\n");
        assertThatThrownBy(() -> ClassNames.read(file)).hasMessageContaining("is named twice");
        assertThat(ClassNames.sameClass(folder, Path.of("x/Scha\u0308fer"), Path.of("x/Sch\u00e4fer")))
                .hasMessage("The folders Scha\u0308fer and Sch\u00e4fer of " + folder + " both stand for the class"
                        + " \"sch\u00e4fer\", for they differ only in whether letters are composed (Scha\\u0308fer,"
                        + " Sch\\u00e4fer); rename or merge them");
        assertThat(ClassNames.sameClass(folder, Path.of("x/Alarm_Clock"), Path.of("x/alarm clock")))
                .hasMessage("The folders Alarm_Clock and alarm clock of " + folder + " both stand for the class"
                        + " \"alarm clock\"; rename or merge them");
    }
}
