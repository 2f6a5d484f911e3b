package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTests {
    @Test
    void numbersStandToTheRight() {
        Table table = Table.of("domain", "C").row("photo", "95.1").row("sketch", "100");
        assertThat(table.toString().lines())
                .containsExactly("domain     C", "────────────", "photo   95.1", "sketch   100");
    }
}
