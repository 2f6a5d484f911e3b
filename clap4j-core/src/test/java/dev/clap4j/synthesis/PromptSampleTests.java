package dev.clap4j.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.prompt.PromptLanguage;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptSampleTests {
    private static List<String> prompts(int perClass, long seed) {
        return new PromptSample(List.of("dog"), perClass, seed)
                .items().stream().map(PromptSample.Item::prompt).toList();
    }

    @Test
    void allAreTheTemplatesInTheirOrder() {
        assertThat(prompts(480, 3)).isEqualTo(PromptLanguage.ENGLISH.templates("dog"));
    }

    @Property(tries = 30)
    void aLargerSampleContainsASmallerOne(
            @ForAll @IntRange(min = 1, max = 240) int few, @ForAll @IntRange(min = 0, max = 240) int more) {
        assertThat(prompts(few, 1)).hasSize(few).doesNotHaveDuplicates();
        assertThat(prompts(few + more, 1)).containsAll(prompts(few, 1));
    }

    @Test
    void theSeedDecidesWhichAndEveryPictureHasItsOwn() {
        assertThat(prompts(20, 1)).isEqualTo(prompts(20, 1)).isNotEqualTo(prompts(20, 2));
        List<PromptSample.Item> items = new PromptSample(List.of("dog", "cat"), 480, 1).items();
        assertThat(items).extracting(PromptSample.Item::seed).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 481})
    void thereAre480Prompts(int perClass) {
        assertThatThrownBy(() -> prompts(perClass, 1))
                .isInstanceOf(ClapException.class)
                .hasMessage("There are 1 to 480 prompts of a class, not " + perClass);
    }

    /** Pictures that exist are kept, so their seeds must not change. */
    @Test
    void theSeedsOfPicturesStayAsTheyAre() {
        assertThat(new PromptSample(List.of("dog"), 1, 2, 7).items())
                .extracting(PromptSample.Item::seed)
                .containsExactly(-4509436061863278782L, 6849053668669012385L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void picturesOfAPromptAreLimited(int perPrompt) {
        assertThatThrownBy(() -> new PromptSample(List.of("dog"), 1, perPrompt, 7))
                .isInstanceOf(ClapException.class)
                .hasMessage("The pictures of a prompt should be 1 to 10000, not " + perPrompt);
    }
}
