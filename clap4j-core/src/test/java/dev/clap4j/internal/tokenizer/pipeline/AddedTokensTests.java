package dev.clap4j.internal.tokenizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddedTokensTests {
    private static List<Object> cut(List<AddedToken> tokens, String text) {
        List<Object> parts = new ArrayList<>();
        new AddedTokens(tokens, new Normalizer.Lowercase()).cut(text, parts::add, parts::add);
        return parts;
    }

    @Test
    void theLongestThatBeginsFirstIsFound() {
        List<AddedToken> tokens =
                List.of(AddedToken.of("<a", 1, false), AddedToken.of("<ab>", 2, false), AddedToken.of("b>", 3, false));
        assertThat(cut(tokens, "x<ab>y<a>b><")).containsExactly("x", 2, "y", 1, ">", 3, "<");
    }

    @Test
    void normalizedTokensAreFoundInTheNormalizedText() {
        List<AddedToken> tokens = List.of(AddedToken.of("Sks", 1, true), AddedToken.of("RAW", 2, false));
        assertThat(cut(tokens, "A SKS raw RAW")).containsExactly("a ", 1, " raw ", 2);
    }

    @Test
    void singleWordsTouchNoLetters() {
        List<AddedToken> tokens = List.of(new AddedToken("sks", 1, true, false, false, true));
        assertThat(cut(tokens, "sks skss xsks sks!")).containsExactly(1, " skss xsks ", 1, "!");
    }

    @Test
    void spacesAroundAreSwallowed() {
        List<AddedToken> tokens = List.of(new AddedToken("<m>", 1, false, true, true, false));
        assertThat(cut(tokens, "a  <m> \n b <m>")).containsExactly("a", 1, "b", 1);
    }

    @Test
    void aTextMayBeOneTokenOrEmpty() {
        List<AddedToken> tokens = List.of(AddedToken.of("\uFFFF", 1, false), AddedToken.of("\uD83D\uDE00", 2, true));
        assertThat(cut(tokens, "")).isEmpty();
        assertThat(cut(tokens, "\uFFFF\uD83D\uDE00")).containsExactly(1, 2);
    }
}
