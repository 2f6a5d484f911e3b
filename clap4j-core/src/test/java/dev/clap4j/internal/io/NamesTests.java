package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ClapException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTests {
    @Test
    void aLongListIsCut() {
        assertThat(Names.preview(List.of())).isEqualTo("none");
        assertThat(Names.preview(List.of("a", "b", "c", "d", "e", "f", "g")))
                .isEqualTo("a, b, c, d, e, f, … (7 in all)");
    }

    @Test
    void whatSteersATerminalIsShown() {
        assertThat(Names.printable("a\u001b]0;title\u0007b\r\u009b31m\u202Ec\u2028\uD800"))
                .isEqualTo("a\\u001b]0;title\\u0007b\\u000d\\u009b31m\\u202ec\\u2028\\ud800");
        assertThat(new ClapException("x\u001b[31m").getMessage()).isEqualTo("x\\u001b[31m");
    }

    @Test
    void wordsOfAnyScriptStayAsTheyAre() {
        String text = "Schäferhund 狗\n\tकुत्ता 👩‍🚀 می‌خواهم";
        assertThat(Names.printable(text)).isSameAs(text);
    }

    @Test
    void aLineHasNoBreaks() {
        assertThat(Names.line("a\nb\r\nc\rd\u001b\te")).isEqualTo("a\\nb\\nc\\u000dd\\u001b\te");
        assertThat(Names.line(null)).isNull();
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        assertThat(Names.brief("abc", 3)).isEqualTo("abc");
        assertThat(Names.brief("abcd", 3)).isEqualTo("abc…");
        assertThat(Names.brief("ab\uD83D\uDE00", 3)).isEqualTo("ab…");
    }
}
