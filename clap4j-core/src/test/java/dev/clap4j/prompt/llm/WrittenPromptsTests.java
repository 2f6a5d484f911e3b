package dev.clap4j.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.ToldProgress;
import dev.clap4j.prompt.PromptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenPromptsTests {
    private static final PromptWriter WRITER = new PromptWriter("{class}", 2);

    @TempDir
    Path temporary;

    /** Answers with two lines, and gives up at a class. */
    private record Fake(List<String> asked, String fatal) implements Chat {
        Fake(String fatal) {
            this(new ArrayList<>(), fatal);
        }

        @Override
        public String ask(String question) {
            if (question.equals(fatal)) {
                throw new ClapException("gone");
            }
            asked.add(question);
            return "one " + question + "\ntwo " + question;
        }

        @Override
        public Map<String, String> describe() {
            return Map.of("model", "fake");
        }
    }

    @Test
    void finishedClassesAreKept() throws IOException {
        Path folder = temporary.resolve("prompts");
        List<String> classes = List.of("dog", "alarm clock", "cat");
        assertThatThrownBy(() -> WrittenPrompts.fill(folder, classes, WRITER, new Fake("cat"), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("gone");
        assertThat(folder.resolve("dog.txt")).hasContent("one dog\ntwo dog");
        Files.writeString(folder.resolve("dog.txt"), "my own dog\n");

        Fake model = new Fake("");
        ToldProgress progress = ToldProgress.patient();
        assertThat(WrittenPrompts.fill(folder, classes, WRITER, model, progress))
                .isEqualTo(1);
        assertThat(model.asked()).containsExactly("cat");
        assertThat(progress.done()).isEqualTo(3);
        assertThat(new PromptFolder(folder).read("dog")).containsExactly("my own dog");
        assertThat(WrittenPrompts.fill(folder, List.of("house"), WRITER, model, Progress.NONE))
                .isEqualTo(1);
        assertThat(folder.resolve("llm.json")).content().contains("\"model\" : \"fake\"", "\"count\" : 2");
    }

    @Test
    void promptsAskedForOtherwiseAreNotMixed() {
        Path folder = temporary.resolve("prompts");
        WrittenPrompts.fill(folder, List.of("dog"), WRITER, new Fake(""), Progress.NONE);
        PromptWriter more = new PromptWriter("{class}", 3);
        assertThatThrownBy(() -> WrittenPrompts.fill(folder, List.of("cat"), more, new Fake(""), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " holds prompts that were asked for differently: count 2 instead of 3;"
                        + " choose another folder, or delete it");
    }

    @Test
    void otherFoldersAreLeftAlone() throws IOException {
        Files.writeString(temporary.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> WrittenPrompts.fill(temporary, List.of("dog"), WRITER, new Fake(""), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        temporary + " is not empty, and holds no prompts by a language model; choose another folder");
        Path fresh = temporary.resolve("fresh");
        List<String> tooLong = List.of("dog", "x".repeat(300));
        assertThatThrownBy(() -> WrittenPrompts.fill(fresh, tooLong, WRITER, new Fake(""), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith(
                        "takes 300 bytes as the name of a file, which may have 230; choose a shorter one");
        assertThat(fresh).doesNotExist();
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Path folder = temporary.resolve("a/b/prompts");
        List<String> classes =
                List.of("a /../../EVIL", "../../EVIL", "..", "/", temporary + "/EVIL", "C:\\EVIL", "con");
        assertThat(WrittenPrompts.fill(folder, classes, WRITER, new Fake(""), Progress.NONE))
                .isEqualTo(7);
        assertThat(WrittenPrompts.fill(folder, classes, WRITER, new Fake(""), Progress.NONE))
                .as("each finds its file again")
                .isZero();
        for (String name : classes) {
            assertThat(new PromptFolder(folder).read(name)).isNotEmpty();
        }
        try (Stream<Path> all = Files.walk(temporary)) {
            assertThat(all.filter(Files::isRegularFile).map(Path::getParent))
                    .hasSize(8)
                    .containsOnly(folder);
        }
    }
}
