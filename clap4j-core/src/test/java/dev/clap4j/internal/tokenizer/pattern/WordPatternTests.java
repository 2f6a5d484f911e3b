package dev.clap4j.internal.tokenizer.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The written-out patterns against the regular expressions that they stand for. */
class WordPatternTests {
    private static final String CLIP = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
    private static final Regex CLIP_REGEX = Regex.of(CLIP);
    private static final Regex CLIP_WITH_ENDS_REGEX = Regex.of("<\\|startoftext\\|>|<\\|endoftext\\|>|" + CLIP);
    private static final Regex CLIP_IGNORING_CASE_REGEX =
            Regex.of("(?i:'s|'t|'re|'ve|'m|'ll|'d)|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}\\u0345]+");
    private static final Regex GPT2_REGEX =
            Regex.of("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "dog",
                        "'s",
                        "'S",
                        "'\u017F",
                        "'re",
                        "'",
                        " ",
                        "  ",
                        "\n",
                        "\u3000",
                        "1",
                        "\u00bd",
                        "!",
                        "--",
                        "\u0345",
                        "\u00e9",
                        "e\u0301",
                        "\u6c34",
                        "\uD83D\uDE00",
                        "<|endoftext|>",
                        "<|",
                        "|>")
                .list()
                .ofMaxSize(15)
                .map(parts -> String.join("", parts));
    }

    private static List<String> words(TextPattern pattern, String text) {
        List<String> words = new ArrayList<>();
        TextPattern.Scan scan = pattern.scan(text);
        while (scan.next()) {
            words.add(text.substring(scan.begin(), scan.end()));
        }
        return words;
    }

    @Property(tries = 3000)
    void wordsAreThoseOfTheExpressions(@ForAll("texts") String text) {
        assertThat(words(ClipWords.EXACT, text)).isEqualTo(words(CLIP_REGEX, text));
        assertThat(words(new ClipWords(List.of("<|startoftext|>", "<|endoftext|>"), false), text))
                .isEqualTo(words(CLIP_WITH_ENDS_REGEX, text));
        assertThat(words(new ClipWords(List.of(), true), text)).isEqualTo(words(CLIP_IGNORING_CASE_REGEX, text));
        assertThat(words(new Gpt2Words(), text)).isEqualTo(words(GPT2_REGEX, text));
    }

    @Test
    void specialWordsAreFoundInAnyCaseBetweenOtherWords() {
        ClipWords words = new ClipWords(List.of("<start_of_text>", "<end_of_text>"), true);
        assertThat(words(words, "a<END_OF_TEXT>b !<end_of_text> <\u017Ftart_of_text>"))
                .containsExactly(
                        "a", "<END_OF_TEXT>", "b", "!<", "end", "_", "of", "_", "text", ">", "<\u017Ftart_of_text>");
    }
}
