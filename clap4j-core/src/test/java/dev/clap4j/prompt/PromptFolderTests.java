package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptFolderTests {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"alarm_clock.txt", "alarm clock.txt", "Alarm_Clock.txt"})
    void aFileIsFoundByTheNameOfItsClass(String name) throws IOException {
        Files.writeString(folder.resolve(name), "# by hand\n\n  a loud alarm clock \na small alarm clock\n");
        assertThat(new PromptFolder(folder).read("alarm clock"))
                .containsExactly("a loud alarm clock", "a small alarm clock");
    }

    /** A file from Windows with a byte order mark, and one from macOS whose name is decomposed. */
    @Test
    void filesOfOtherSystemsAreRead() throws IOException {
        Files.writeString(folder.resolve("dog.txt"), "\uFEFFa small dog\r\na big dog\r\n");
        assertThat(new PromptFolder(folder).read("dog")).containsExactly("a small dog", "a big dog");
        Files.writeString(folder.resolve("Scha\u0308ferhund.txt"), "a dog\n");
        assertThat(new PromptFolder(folder).read("sch\u00e4ferhund")).containsExactly("a dog");
    }

    @Test
    void whatIsWrittenIsRead() {
        PromptFolder prompts = new PromptFolder(folder.resolve("new"));
        prompts.write("alarm clock", List.of("one", "two"));
        assertThat(folder.resolve("new/alarm_clock.txt")).hasContent("one\ntwo");
        assertThat(prompts.read("alarm clock")).containsExactly("one", "two");
        assertThat(prompts.has("alarm clock", List.of())).isTrue();
        assertThat(prompts.has("dog", List.of())).isFalse();
    }

    @Test
    void mistakesAreExplained() throws IOException {
        PromptFolder prompts = new PromptFolder(folder);
        assertThatThrownBy(() -> prompts.read("alarm clock"))
                .isInstanceOf(ClapException.class)
                .hasMessage("There are no prompts of the class \"alarm clock\" in " + folder
                        + ": alarm_clock.txt is missing; write one prompt a line");
        Files.writeString(folder.resolve("dog.txt"), "\n# nothing yet\n");
        assertThatThrownBy(() -> prompts.read("dog"))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder.resolve("dog.txt") + " has no prompts; write one per line");
        Files.write(folder.resolve("cat.txt"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> prompts.read("cat"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot read " + folder.resolve("cat.txt") + ": it is not UTF-8 text");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> new PromptFolder(missing).read("dog"))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no folder " + missing + " with prompts");
    }

    /** A name never leads out of the folder, and comes back whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a /../../EVIL",
                "a\n/../../EVIL",
                "..",
                ".",
                "/etc/x",
                "tv/radio",
                "C:\\x",
                "con",
                "a_b",
                "a%2Fb",
                "?",
                " x ",
                "e\u0301"
            })
    void anyNameHasAFileInTheFolder(String name) throws IOException {
        PromptFolder prompts = new PromptFolder(folder.resolve("in"));
        prompts.write(name, List.of("one"));
        assertThat(prompts.has(name, List.of())).isTrue();
        assertThat(prompts.read(name)).containsExactly("one");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getParent)).containsExactly(folder.resolve("in"));
        }
    }

    @Test
    void classesThatDifferInCapitalsHaveFilesOfTheirOwn() throws IOException {
        List<String> classes = List.of("dog", "Dog", "DOG");
        PromptFolder prompts = new PromptFolder(folder);
        for (String name : classes) {
            assertThat(prompts.has(name, classes)).isFalse();
            prompts.write(name, List.of("of " + name));
        }
        for (String name : classes) {
            assertThat(prompts.read(name)).containsExactly("of " + name);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)))
                    .doesNotHaveDuplicates();
        }
    }

    /** As earlier versions, and people, called them. */
    @Test
    void filesOfOldAreFound() throws IOException {
        Files.writeString(folder.resolve("a_b.txt"), "one\n");
        Files.writeString(folder.resolve("Dog.txt"), "two\n");
        Files.writeString(folder.resolve("100%.txt"), "three\n");
        PromptFolder prompts = new PromptFolder(folder);
        assertThat(prompts.read("a_b")).containsExactly("one");
        assertThat(prompts.read("dog")).containsExactly("two");
        assertThat(prompts.has("dog", List.of("dog", "cat"))).isTrue();
        assertThat(prompts.has("dog", List.of("dog", "Dog"))).isFalse();
        assertThat(prompts.read("100%")).containsExactly("three");
    }
}
