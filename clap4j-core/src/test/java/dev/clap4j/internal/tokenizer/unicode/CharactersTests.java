package dev.clap4j.internal.tokenizer.unicode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTests {
    /** Java's own tables, where it knows a character; newer ones than Java 17's Unicode 13 are in the table alone. */
    @Test
    void lettersAndNumbersAreUnicodes() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int type = Character.getType(c);
            if (type == Character.UNASSIGNED || type == Character.SURROGATE) {
                continue;
            }
            boolean letter = Character.isLetter(c);
            boolean number = type == Character.DECIMAL_DIGIT_NUMBER
                    || type == Character.LETTER_NUMBER
                    || type == Character.OTHER_NUMBER;
            if (Characters.isLetter(c) != letter || Characters.isNumber(c) != number) {
                assertThat(Integer.toHexString(c)).as("another class").isEmpty();
            }
        }
    }

    @Test
    void lettersOfUnicode16AreKnownOnEveryJava() {
        assertThat(Characters.isLetter(0x0870))
                .as("Arabic alef with attached fatha, Unicode 14")
                .isTrue();
        assertThat(Characters.isLetter(0x31350))
                .as("CJK extension H, Unicode 15")
                .isTrue();
        assertThat(Characters.isNumber(0x10D40)).as("Garay digit, Unicode 16").isTrue();
    }

    @Test
    void whiteSpaceIsUnicodes() {
        assertThat("\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000".chars())
                .allMatch(Characters::isSpace);
        assertThat("\u001C\u001F\u180E\u200B\uFEFFa".chars()).noneMatch(Characters::isSpace);
    }
}
