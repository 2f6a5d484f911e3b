package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TableTests {
    @Test
    void numbersStandToTheRight() {
        Table table = Table.of("domain", "C").row("photo", "95.1").row("sketch", "100");
        assertThat(table.toString().lines())
                .containsExactly("domain     C", "────────────", "photo   95.1", "sketch   100");
    }

    @Test
    void wideCharactersTakeTwoColumnsAndAccentsNone() {
        Table table = Table.of("class", "n")
                .row("犬", "1")
                .row("cafe\u0301", "2")
                .row("🐕", "3")
                .row("dog", "4");
        assertThat(table.toString()
                        .lines()
                        .map(line -> line.substring(0, line.length() - 1))
                        .map(DisplayWidth::of))
                .containsExactly(7, 7, 7, 7, 7, 7);
    }

    @Test
    void aLineBreakInACellDoesNotEndTheLine() {
        assertThat(Table.of("file").row("a\nclap: all is well\tb").toString().lines())
                .last()
                .isEqualTo("a\\u000aclap: all is well\\u0009b");
    }

    @Test
    void emptyColumnsAreLeftOut() {
        Table table = Table.of("method", "mean", "R").row("CLIP", "1.00", "").row("CLAP", "2.00", "");
        assertThat(table.toString().lines())
                .containsExactly("method  mean", "────────────", "CLIP    1.00", "CLAP    2.00");
        assertThat(Table.of("a", "b").toString().lines()).first().isEqualTo("a  b");
    }

    @Test
    void longTextsAreWrappedOnANarrowScreen() {
        Table table = Table.of("n", "text")
                .row(1, "a photo of a dog in the " + "sun ".repeat(30))
                .row(2, "x".repeat(70));
        assertThat(table.within(40).lines())
                .allMatch(line -> DisplayWidth.of(line) <= 40)
                .contains("1  a photo of a dog in the sun sun sun sun"
                        .substring(0, 38)
                        .strip());
        assertThat(table.within(Integer.MAX_VALUE).lines()).hasSize(4);
        assertThat(table.within(40).replaceAll("\\s|─", "")).contains("x".repeat(70));
    }

    @Test
    void tooManyColumnsArePartedAndEachPartNamesItsRows() {
        Table table = Table.of("method", "art painting", "cartoon", "photo", "sketch", "mean")
                .row("CLIP", "91.23", "92.34", "93.45", "94.56", "95.67")
                .row("CLAP", "81.23", "82.34", "83.45", "84.56", "85.67");
        assertThat(table.within(30).lines())
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
        Table table = Table.of("犬犬犬犬犬犬犬犬犬犬犬犬犬犬", "number").row("犬".repeat(50), "123456789");
        assertThat(table.within(1)).contains("123456789");
    }

    /** Twice as many rows take about twice as long: 100,000 rows, which took hours when each looked at all others. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyRowsTakeNoLongerEachThanFew() {
        Table table = Table.of("image", "class", "%");
        for (int i = 0; i < 100_000; i++) {
            table.row("image-" + i + ".png", "dog", "12.34 %");
        }
        assertThat(table.toString().lines()).hasSize(100_002);
    }
}
