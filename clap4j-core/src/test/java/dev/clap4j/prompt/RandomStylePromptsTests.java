package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RandomStylePromptsTests {
    @Test
    void thereIsOneForEachOfAsManyWordsAsThereAreTemplates() {
        List<String> prompts = RandomStylePrompts.of("alarm clock");
        assertThat(prompts)
                .hasSameSizeAs(PromptLanguage.ENGLISH.templates("alarm clock"))
                .doesNotHaveDuplicates()
                .allMatch(prompt -> prompt.matches("an? [a-z]+ style of alarm clock"))
                .contains("an acorn style of alarm clock", "a kettle style of alarm clock");
    }

    @Test
    void noWordIsAnAttribute() {
        for (Attribute attribute : Attribute.values()) {
            for (String word : PromptLanguage.ENGLISH.words(attribute)) {
                assertThat(RandomStylePrompts.of("dog"))
                        .noneMatch(prompt -> prompt.toLowerCase(Locale.ROOT).contains(" " + word + " "));
            }
        }
    }
}
