package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTemplateTests {
    @TempDir
    Path folder;

    @Test
    void putsTheClassInEveryPlace() {
        assertThat(new PromptTemplate("a {class} beside a {class}").text("tench"))
                .isEqualTo("a tench beside a tench");
    }

    @Test
    void refusesATemplateWithoutAPlace() {
        assertThatThrownBy(() -> new PromptTemplate("a blurry picture"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The template \"a blurry picture\" has no place for the class name; write {class}"
                        + " where it should stand, as in \"a blurry picture of a {class}\"");
    }

    @Test
    void readsFilesOfTemplates() throws Exception {
        Path file = Files.writeString(
                folder.resolve("t.txt"), "# two of OpenAI's\n\na photo of a {class}.\n  art of the {class}.\n");

        assertThat(PromptTemplate.read(file))
                .containsExactly(
                        new PromptTemplate("a photo of a {class}."), new PromptTemplate("art of the {class}."));
    }

    /** Windows' editors put a byte order mark before UTF-8. */
    @Test
    void aByteOrderMarkIsNoPartOfATemplate() throws Exception {
        Path file = Files.writeString(folder.resolve("t.txt"), "\uFEFFa photo of a {class}.\r\n");

        assertThat(PromptTemplate.read(file)).containsExactly(new PromptTemplate("a photo of a {class}."));
    }

    @Test
    void namesTheLineWithoutAPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("t.txt"), "a {class}\na photo of a {}\n");

        assertThatThrownBy(() -> PromptTemplate.read(file))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + ", line 2: \"a photo of a {}\" has no place for the class name;"
                        + " write {class} where it should stand");
    }

    @Test
    void refusesMissingAndEmptyFiles() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "# nothing\n");

        assertThatThrownBy(() -> PromptTemplate.read(empty))
                .isInstanceOf(ClapException.class)
                .hasMessage(empty + " has no template; write one per line,"
                        + " with {class} where the class name should stand");
        assertThatThrownBy(() -> PromptTemplate.read(folder.resolve("none.txt")))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file " + folder.resolve("none.txt"));
    }
}
