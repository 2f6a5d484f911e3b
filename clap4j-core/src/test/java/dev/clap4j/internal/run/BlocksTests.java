package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTests {
    @Test
    void onlyTheLastIsShorter() {
        assertThat(Blocks.of(List.of(1, 2, 3, 4, 5), 2)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
        assertThat(Blocks.of(List.of(1, 2), 2)).containsExactly(List.of(1, 2));
        assertThat(Blocks.of(List.of(), 2)).isEmpty();
    }
}
