package dev.clap4j.internal.tokenizer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleaningTests {
    /** Expected: open_clip's cleaning functions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "NONE|  A dog,  a_Cat! &amp;lt; |  A dog,  a_Cat! &amp;lt; ",
                "WHITESPACE|  A dog,  a_Cat! &amp;amp;lt; |A dog, a_Cat! <",
                "LOWER|  A dog,\t a_Cat!\u3000\u0130 |a dog, a_cat! i\u0307",
                "CANONICALIZE|  A dog,  a_Cat! (x) \u2014 \u201cok\u201d |a dog a cat x \u2014 ok"
            })
    void cleans(Cleaning cleaning, String text, String expected) {
        assertThat(cleaning.apply(text)).isEqualTo(expected);
    }

    @Property
    void isDoneAfterwards(@ForAll Cleaning cleaning, @ForAll String text) {
        // The one capital letter whose lower case has a combining mark, which may then need reordering.
        String clean = cleaning.apply(text.replace("&", "").replace("<", "").replace("\u0130", ""));
        assertThat(cleaning.apply(clean)).isEqualTo(clean);
    }
}
