package dev.clap4j.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptWriterTests {
    private final List<String> asked = new ArrayList<>();

    private Chat chat(UnaryOperator<String> answer) {
        return new Chat() {
            @Override
            public String ask(String question) {
                asked.add(question);
                return answer.apply(question);
            }

            @Override
            public Map<String, String> describe() {
                return Map.of();
            }
        };
    }

    @Test
    void linesLoseWhatModelsPutAroundThem() {
        assertThat(PromptWriter.lines("""
                        Sure! Here are some descriptions:

                        1. A dog in the snow.
                        2) A 3 year old dog
                        - "A dog, painted in oil."
                        * “A sketch of a dog”.
                        ```
                        A "wild" dog called "Rex"
                        """))
                .containsExactly(
                        "A dog in the snow.",
                        "A 3 year old dog",
                        "A dog, painted in oil.",
                        "A sketch of a dog",
                        "A \"wild\" dog called \"Rex\"");
    }

    @Test
    void linesAreForReadersNotForTerminals() {
        assertThat(PromptWriter.lines("a \u001b[2Jdog\n\u202ea cat\ud800\u0007\n"))
                .containsExactly("a [2Jdog", "a cat");
        assertThat(PromptWriter.lines("a dog\n".repeat(900_000))).hasSize(400);
    }

    @Test
    void asksUntilThereAreEnoughDifferentOnes() {
        PromptWriter writer = new PromptWriter("{count} of a {class}?", 100);
        List<String> prompts = writer.write(
                "alarm clock",
                // Every answer repeats five lines of the one before.
                chat(question -> IntStream.range(0, 40)
                        .mapToObj(i -> "alarm clock " + (i + 35 * (asked.size() - 1)))
                        .collect(Collectors.joining("\n"))));
        assertThat(prompts).hasSize(100).doesNotHaveDuplicates().startsWith("alarm clock 0", "alarm clock 1");
        assertThat(asked).containsExactly("40 of a alarm clock?", "40 of a alarm clock?", "25 of a alarm clock?");
    }

    @Test
    void aModelThatOnlyRepeatsItselfIsGivenUp() {
        PromptWriter writer = new PromptWriter(PromptWriter.QUESTION, 3);
        assertThatThrownBy(() -> writer.write("dog", chat(question -> "a dog\nanother dog")))
                .isInstanceOf(ClapException.class)
                .hasMessage("The language model writes no more than 2 different prompts for the class \"dog\"");
        assertThat(asked).hasSize(4);
        assertThat(asked.get(0)).startsWith("Write 3 different descriptions of pictures that show a dog.");
    }

    @Test
    void impossibleQuestionsAreRefused() {
        assertThatThrownBy(() -> new PromptWriter("Write something.", 3))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("The question \"Write something.\" does not name the class");
        assertThatThrownBy(() -> new PromptWriter("{class}", 0))
                .isInstanceOf(ClapException.class)
                .hasMessage("The prompts of a class should be 1 to 10000, not 0");
    }
}
