package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import org.junit.jupiter.api.Test;

class PromptStyleTests {
    @Test
    void writesThePromptsOfThePaper() {
        assertThat(PromptStyle.C.text("alarm clock")).isEqualTo("alarm clock");
        assertThat(PromptStyle.PC.text("elephant")).isEqualTo("a photo of a elephant");
        assertThat(PromptStyle.CP.text("dog")).isEqualTo("a dog in a photo");
        assertThat(PromptStyle.NC.text("dog")).isEqualTo("dog");
    }

    @Test
    void onlyTheNoisyStyleIsNoisy() {
        assertThat(PromptStyle.values()).filteredOn(PromptStyle::isNoisy).containsExactly(PromptStyle.NC);
    }

    @Test
    void parsesListsInAnyCase() {
        assertThat(PromptStyle.parse("C, pc,NC")).containsExactly(PromptStyle.C, PromptStyle.PC, PromptStyle.NC);
    }

    @Test
    void refusesUnknownAndRepeatedStyles() {
        assertThatThrownBy(() -> PromptStyle.parse("C,XC"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Unknown prompt style \"XC\" (did you mean C?); there are [C, PC, CP, NC]."
                        + " For your own words, use a template such as \"a blurry picture of a {class}\"");
        assertThatThrownBy(() -> PromptStyle.parse("C,c"))
                .isInstanceOf(ClapException.class)
                .hasMessage("A prompt style is named twice in \"C,c\"");
    }
}
