package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clap4j.ClapException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTests {
    /** As Java's own patterns match, which are slower on some. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "**",
                "*.jpg",
                "**.jpg",
                "**/*.jpg",
                "a/*",
                "a?c",
                "?",
                "*/*",
                "[a-c]*",
                "[!a-c]*",
                "[-a]*",
                "[a-]*",
                "{a,b}*",
                "{a/,}*.jpg",
                "*{.jpg,.png}",
                "{,a}{,b}{,c}",
                "a\\*",
                "*\\[*",
                "a.c",
                "**a**",
                "{*.jpg,**/b*}",
                "[.]*",
                "a**c",
                "{a}"
            })
    void matchesAsJavaDoes(String text) {
        PathPattern pattern = PathPattern.parse(text);
        var java = FileSystems.getDefault().getPathMatcher("glob:" + text);
        for (String path : new String[] {
            "a",
            "b",
            "abc",
            "a.c",
            "a.jpg",
            "b.png",
            "a/x.jpg",
            "a/b/c.jpg",
            "b/bc",
            "-a",
            "a*",
            "x[1].jpg",
            "a/c",
            ".jpg",
            "z",
            "a/",
            "ab",
            "ac",
            "\uD83D\uDE00"
        }) {
            assertThat(pattern.matches(Path.of(path).toString()))
                    .as("%s with %s", path, text)
                    .isEqualTo(java.matches(Path.of(path)));
        }
    }

    @Test
    void theWorkGrowsWithTheLengthsOnly() {
        String name = "a".repeat(250) + ".jpg";
        for (String text : new String[] {
            "*a".repeat(60) + "*b", "**a".repeat(60) + "b", "{a,a*}".repeat(60) + "b", "*".repeat(20_001) + "b"
        }) {
            PathPattern pattern = PathPattern.parse(text);
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pattern.matches(name)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*.jpg, a, false",
        "a/*.jpg, a, true",
        "a/*.jpg, b, false",
        "a/*.jpg, a/b, false",
        "**.jpg, a/b/c, true",
        "'{a,b/c}/*.jpg', b, true",
        "'{a,b/c}/*.jpg', b/d, false"
    })
    void foldersInWhichNothingCanMatchAreKnown(String pattern, String folder, boolean may) {
        assertThat(PathPattern.parse(pattern).mayMatchWithin(folder)).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            {{{{{ | braces cannot stand within braces
            {a,b | a { is not closed
            [ab | a [ is not closed
            [! | a [ is not closed
            a*\\ | nothing follows the backslash at its end
            """)
    void malformedPatternsAreExplained(String text, String why) {
        assertThatThrownBy(() -> PathPattern.parse(text))
                .isInstanceOf(ClapException.class)
                .hasMessage("The pattern " + text + " is malformed: " + why);
    }
}
