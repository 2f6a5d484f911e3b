package dev.clap4j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleaningTests {
    /** Expected: Python's {@code html.unescape} of the same text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "&lt;b&gt;|<b>",
                "&ampx|&x",
                "&notit;|\u00acit;",
                "&notin;|\u2209",
                "&unknown;|&unknown;",
                "&#;|&#;",
                "&#128;&#x9F;|\u20ac\u0178",
                "&#x110000;&#xD800;&#0;|\uFFFD\uFFFD\uFFFD",
                "&#99999999999;|\uFFFD",
                "a&#1;b&#x7f;c&#xFFFE;d&#11;e|abcde",
                "&#x1F600;|\uD83D\uDE00",
                "&NotEqualTilde;|\u2242\u0338",
                "AT&T R&D|AT&T R&D",
                "$1&#36;\\&gt;|$1$\\>",
            })
    void replacesCharacterReferences(String text, String expected) {
        assertThat(HtmlEntities.unescape(text)).isEqualTo(expected);
    }

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
        assertThat(TextCleaning.clean(text)).isEqualTo(expected);
    }

    @Property
    void isDoneAfterwards(@ForAll String text) {
        String clean = TextCleaning.clean(text.replace("&", ""));
        assertThat(clean).doesNotContain("  ").isEqualTo(TextCleaning.clean(clean));
    }
}
