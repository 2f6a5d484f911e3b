package dev.clap4j.internal.tokenizer.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.clap4j.ClapException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTests {
    private static List<String> matches(TextPattern pattern, String text) {
        List<String> matches = new ArrayList<>();
        TextPattern.Scan scan = pattern.scan(text);
        while (scan.next()) {
            matches.add(scan.begin() + "-" + scan.end());
        }
        return matches;
    }

    private static List<String> javas(String regex, String text) {
        List<String> matches = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES)
                .matcher(text);
        while (matcher.find()) {
            matches.add(matcher.start() + "-" + matcher.end());
        }
        return matches;
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> atom = Arbitraries.of("a", "b", "[ab]", "[^a]", "\\s", ".", "\\S", "(?:a|ab)", "(b|c+)");
        Arbitrary<String> times = Arbitraries.of("", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "+?", "*?", "??");
        Arbitrary<String> look = Arbitraries.of("", "", "", "", "(?!\\S)", "(?=[ab])");
        Arbitrary<String> part =
                net.jqwik.api.Combinators.combine(atom, times, look).as((one, count, then) -> one + count + then);
        Arbitrary<String> chain = part.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join("", list));
        Arbitrary<String> choice = chain.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join("|", list));
        return choice.filter(regex -> !Pattern.compile(regex).matcher("").matches());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab c\n").ofMaxLength(12);
    }

    @Property(tries = 5000)
    void findsWhatJavaFinds(@ForAll("expressions") String regex, @ForAll("texts") String text) {
        Regex read;
        try {
            read = Regex.of(regex);
        } catch (ClapException e) {
            assertThat(e).hasMessageContaining("empty");
            return;
        }
        assertThat(matches(read, text)).isEqualTo(javas(regex, text));
    }

    /** The patterns of well-known tokenizers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                " {2,}",
                "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]",
                "\\p{Lo}|[\\x{61}-\\x7a]+"
            })
    void readsThePatternsOfTokenizers(String regex) {
        String text = "Don't  we'VE 12345 caf\u00e9 \u6c34\u4e2d [x]\r\n\r\n -- \uD83D\uDE00!!  ";
        assertThat(matches(Regex.of(regex), text)).isEqualTo(javas(regex, text)).isNotEmpty();
    }

    @Test
    void scriptsHaveNames() {
        assertThat(matches(Regex.of("\\p{Han}|\\p{^L}"), "a\u6c34\u30a2!")).containsExactly("1-2", "3-4");
    }

    @Test
    void casesCount() {
        assertThat(matches(Regex.of("(?i:the|[x-z]s)"), "The tHE Xs X\u017F"))
                .containsExactly("0-3", "4-7", "8-10", "11-13");
        assertThat(matches(Regex.of("(?i:[^s])"), "sS\u017Ft")).containsExactly("3-4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^a; has \"^\" here at position 0",
                "a$; has \"$\" here at position 1",
                "(?<=a)b; has a group with \"(?\" at position 0",
                "(?>a)b; has a group with \"(?\" at position 0",
                "a++; has a quantifier of a quantifier, or a possessive one, at position 2",
                "(a*)*b; has a quantifier of something that can be empty at position 5",
                "(a; has no \")\" where one is needed at position 2",
                "a); has a closing parenthesis without an opening one at position 1",
                "[a; has such a character class at position 2",
                "[]; has such a character class at position 1",
                "[a[b]]; has such a character class at position 2",
                "[z-a]; has a range whose end is not a character, or is before its start, at position 4",
                "\\1; has \"\\1\" at position 1",
                "\\h; has \"\\h\" at position 1",
                "\\p{Latn2}; has the property \"Latn2\" at position 3",
                "\\p{; has the property \"\" at position 3",
                "\\x{110000}; has such a character code at position 1",
                "a{2000}; has a quantifier above 1000 at position 1",
                "a{2,1}; has a quantifier whose maximum is below its minimum at position 6",
                "(?!ab)c; has a look-ahead for more than one character at position 4",
                "a\\; has a backslash at the end at position 2",
            })
    void refusesByNameWhatItDoesNotKnow(String regex, String reason) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Regex.of(regex))
                .withMessage("the regular expression \"" + regex + "\" " + reason + ", which is not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "", "|a", "(?=a)", "a?|b"})
    void refusesWhatMatchesNothing(String regex) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Regex.of(regex))
                .withMessage("the regular expression \"" + regex + "\" matches the empty text, which splits nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{100}){100}){100}", "(a{1000}){1000}"})
    void refusesWhatIsTooLarge(String regex) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Regex.of(regex))
                .withMessageContaining("is too large");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Regex.of("(".repeat(900) + "a" + ")".repeat(900)))
                .withMessageContaining("more than 50 groups within one another");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Regex.of("a".repeat(2001)))
                .withMessage("a regular expression has 2001 characters; the limit is 2000");
    }

    /** Expressions on which backtracking takes exponentially long, or searching again and again quadratically. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b|c", "(a|aa)+b", "(x+x+)+y", "a+b|a", "(.+)+z|a"})
    void endsSoon(String regex) {
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            try {
                matches(Regex.of(regex), "a".repeat(30_000) + "x".repeat(30_000));
            } catch (ClapException e) {
                assertThat(e).hasMessageContaining("takes too long on a text of 60000 characters");
            }
        });
    }
}
