package dev.clap4j.internal.tokenizer.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerCaseTests {
    /** Expected: Python's {@code str.lower} of the same text. */
    @ParameterizedTest
    @CsvSource({
        "\u039f\u0394\u039f\u03a3,\u03bf\u03b4\u03bf\u03c2",
        "\u03a3,\u03c3",
        "A\u03a3'B,a\u03c3'b",
        "A\u03a3' B,a\u03c2' b",
        "A.\u03a3,a.\u03c2",
        "A!\u03a3,a!\u03c3",
        "a\u03a31,a\u03c21",
        "\u0130,i\u0307",
        "\u1e9e\u01c5\u212a,\u00df\u01c6k"
    })
    void lowersLikePython(String text, String expected) {
        assertThat(LowerCase.ofText(text)).isEqualTo(expected);
    }

    @Test
    void charactersByThemselvesKnowNoEndOfAWord() {
        assertThat(LowerCase.ofCharacters("\u039f\u0394\u039f\u03a3")).isEqualTo("\u03bf\u03b4\u03bf\u03c3");
        assertThat(LowerCase.ofCharacters("\u0130X")).isEqualTo("i\u0307x");
    }

    /** Capitals of Unicode 14 to 16, which Java 17 does not know. */
    @ParameterizedTest
    @CsvSource({
        "\u2C2F,\u2C5F",
        "\uA7C0,\uA7C1",
        "\uA7CB,\u0264",
        "\uD801\uDD70,\uD801\uDD97",
        "\uD803\uDD65,\uD803\uDD85"
    })
    void lowersCapitalsThatCameLater(String text, String expected) {
        assertThat(LowerCase.ofText(text)).isEqualTo(expected);
    }

    /** The table's other rows begin and end where letters do, and none is in the way of Java's own. */
    @Test
    void allSmallLettersStay() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isLowerCase(c)) {
                String small = Character.toString(c);
                assertThat(LowerCase.ofText(small)).isEqualTo(small);
            }
        }
    }
}
