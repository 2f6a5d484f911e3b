package dev.clap4j.internal.tokenizer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlEntitiesTests {
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

    /** Expected: ftfy's {@code unescape_html} of the same text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "&lt;b&gt;|<b>",
                "this&not that|this&not that",
                "&ampx|&ampx",
                "P&EACUTE;REZ|P\u00c9REZ",
                "BUNDESSTRA&SZLIG;E|BUNDESSTRASSE",
                "&nTILDE;|&nTILDE;",
                "&#59;&#x3b;|&#59;&#x3b;",
                "&#12abc;|&#12abc;",
                "&#128;&#39;|\u20ac'",
            })
    void replacesOnlyWhatIsMeant(String text, String expected) {
        assertThat(HtmlEntities.unescapeUnambiguous(text)).isEqualTo(expected);
    }
}
