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
