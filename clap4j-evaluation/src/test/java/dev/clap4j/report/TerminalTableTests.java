package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalTableTests {
    private static String table(int width, List<?>... lines) {
        return table(width, Arrays.asList(lines));
    }

    private static String table(int width, List<List<?>> lines) {
        List<List<String>> rows = lines.stream()
                .map(line -> line.stream().map(String::valueOf).toList())
                .toList();
        return Format.TERMINAL.text(new ResultTable("", rows.get(0), 0, rows.subList(1, rows.size()), ""), width);
    }

    private static String table(List<?>... lines) {
        return table(Integer.MAX_VALUE, lines);
    }

    @Test
    void numbersAreAlignedToTheRight() {
        assertThat(table(List.of("domain", "C"), List.of("photo", "95.1"), List.of("sketch", "100"))
                        .lines())
                .containsExactly("domain     C", "────────────", "photo   95.1", "sketch   100");
    }

    @Test
    void headingAndCaptionSurroundTheTable() {
        ResultTable table = new ResultTable("Zero-shot", List.of("n"), 1, List.of(List.of("1")), "In %;\none run.");
        assertThat(Format.TERMINAL.text(table, 80).lines())
                .containsExactly("Zero-shot", "n", "─", "1", "In %;", "one run.");
    }

    @Test
    void namesAreNotRepeated() {
        List<List<String>> rows =
                List.of(List.of("CLIP", "C", "1"), List.of("CLIP", "PC", "1"), List.of("CLAP", "PC", "2"));
        ResultTable table = new ResultTable("", List.of("Method", "Prompt", "Mean"), 2, rows, "");
        assertThat(Format.TERMINAL.text(table, 80).lines().skip(2))
                .containsExactly("CLIP    C          1", "        PC         1", "CLAP    PC         2");
    }

    @Test
    void wideCharactersTakeTwoColumnsAndAccentsNone() {
        String table = table(
                List.of("class", "n"),
                List.of("犬", "1"),
                List.of("cafe\u0301", "2"),
                List.of("🐕", "3"),
                List.of("dog", "4"));
        assertThat(table.lines()
                        .map(line -> line.substring(0, line.length() - 1))
                        .map(DisplayWidth::of))
                .containsExactly(7, 7, 7, 7, 7, 7);
    }

    @Test
    void aLineBreakInACellDoesNotEndTheLine() {
        assertThat(table(List.of("file"), List.of("a\nclap: all is well\tb")).lines())
                .last()
                .isEqualTo("a\\u000aclap: all is well\\u0009b");
    }

    @Test
    void emptyColumnsAreLeftOut() {
        assertThat(table(List.of("method", "mean", "R"), List.of("CLIP", "1.00", ""), List.of("CLAP", "2.00", ""))
                        .lines())
                .containsExactly("method  mean", "────────────", "CLIP    1.00", "CLAP    2.00");
        assertThat(table(List.of("a", "b")).lines()).first().isEqualTo("a  b");
    }

    @Test
    void longTextsAreWrappedOnANarrowScreen() {
        List<List<?>> lines = List.of(
                List.of("n", "text"),
                List.of(1, "a photo of a dog in the " + "sun ".repeat(30)),
                List.of(2, "x".repeat(70)));
        assertThat(table(40, lines).lines())
                .allMatch(line -> DisplayWidth.of(line) <= 40)
                .contains("1  a photo of a dog in the sun sun sun sun"
                        .substring(0, 38)
                        .strip());
        assertThat(table(Integer.MAX_VALUE, lines).lines()).hasSize(4);
        assertThat(table(40, lines).replaceAll("\\s|─", "")).contains("x".repeat(70));
    }

    @Test
    void tooManyColumnsAreSplitAndEachPartNamesItsRows() {
        assertThat(table(
                                30,
                                List.of("method", "art painting", "cartoon", "photo", "sketch", "mean"),
                                List.of("CLIP", "91.23", "92.34", "93.45", "94.56", "95.67"),
                                List.of("CLAP", "81.23", "82.34", "83.45", "84.56", "85.67"))
                        .lines())
                .containsExactly(
                        "method  art painting  cartoon",
                        "─────────────────────────────",
                        "CLIP           91.23    92.34",
                        "CLAP           81.23    82.34",
                        "",
                        "method  photo  sketch   mean",
                        "────────────────────────────",
                        "CLIP    93.45   94.56  95.67",
                        "CLAP    83.45   84.56  85.67");
    }

    @Test
    void aScreenNarrowerThanACellEndsAllTheSame() {
        assertThat(table(1, List.of("犬".repeat(14), "number"), List.of("犬".repeat(50), "123456789")))
                .contains("123456789");
    }

    /** Twice as many rows take about twice as long: 100,000 rows, which took hours when each looked at all others. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyRowsTakeNoLongerEachThanFew() {
        List<List<?>> lines = new ArrayList<>(List.of(List.of("image", "class", "%")));
        for (int i = 0; i < 100_000; i++) {
            lines.add(List.of("image-" + i + ".png", "dog", "12.34 %"));
        }
        assertThat(table(Integer.MAX_VALUE, lines).lines()).hasSize(100_002);
    }
}
