package dev.clap4j.internal.tokenizer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRepairTests {
    /**
     * The results of ftfy 6.3.1 (Python 3.11) for 600 texts: sentences in many scripts that were read in ten encodings, once and
     * several times, with bytes lost; random mixtures of the characters of mojibake; references, escapes, line breaks.
     */
    @Test
    void mendsLikeFtfy() throws IOException {
        JsonNode pairs = new JsonMapper().readTree(getClass().getResourceAsStream("ftfy.json"));
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode pair : pairs) {
            String text = pair.get(0).asText();
            softly.assertThat(TextRepair.repair(text))
                    .as(text)
                    .isEqualTo(pair.get(1).asText());
        }
        softly.assertAll();
        assertThat(pairs).hasSize(600);
    }

    /** Examples of what each rule does; expected: ftfy. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a photo of Levi\u2019s jeans|a photo of Levi's jeans",
                "\u201cHello\u201d|\"Hello\"",
                "a cafe\u0301|a caf\u00e9",
                "\ufb02u\ufb03e\ufb06|fluffiest",
                "\uff24\uff2f\uff27\u3000\uff76\uff9e|DOG \u30ac",
                "caf\u00c3\u00a9|caf\u00e9",
                "don\u00e2\u20ac\u2122t|don't",
                "\u00e2\u0153\u201d No problems|\u2714 No problems",
                "voil\u00c3 le travail|voil\u00e0 le travail",
                "\u00e2\u20ac\u0153 like this \u00e2\u20ac\ufffd|\" like this \ufffd",
                "\ufeffa dog\u007f\u0007|a dog",
                "\u001b[36;44mI'm blue\u001b[0m|I'm blue",
                "a\u0085b \u0092s|a\u2026b 's",
                "l\u2019humanit\u00c3\u00a9|l'humanit\u00e9",
                "P&EACUTE;REZ &lt;|P\u00c9REZ <",
                "<b>&lt;|<b>&lt;",
                "\u00ad1 \u20ac, S\u00e3o Tom\u00e9|\u00ad1 \u20ac, S\u00e3o Tom\u00e9"
            })
    void mendsByEachRule(String text, String expected) {
        assertThat(TextRepair.repair(text)).isEqualTo(expected);
    }

    @Property
    void isDoneAfterwards(@ForAll String text) {
        String once = TextRepair.repair(text.replace("&", "").replace("<", ""));
        assertThat(TextRepair.repair(once)).isEqualTo(once);
    }

    @Property
    void plainTextStays(@ForAll String text) {
        String plain = text.replaceAll("[^ -~]", "").replace("&", "");
        assertThat(TextRepair.repair(plain)).isEqualTo(plain);
    }

    /** Texts that make naive implementations recurse deeply, or go over them again and again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "&amp;amp;",
                "\u00c3\u00a9",
                "\u00c3",
                "\u00f0\u0178\u2019\u00a9",
                "\u001b[",
                "\u00e2 \u20ac",
                "\u0413\u045e\u0412\u0402\u0412"
            })
    void longTextsEnd(String part) {
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> TextRepair.repair(part.repeat(20_000)));
    }

    @Test
    void nestedReferencesEnd() {
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> TextRepair.repair("&" + "amp;".repeat(100_000) + "lt;"));
    }
}
