package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import org.junit.jupiter.api.Test;

class SeedsTests {
    @Test
    void followOneAnother() {
        assertThat(Seeds.from(7, 3)).containsExactly(7L, 8L, 9L);
        assertThat(Seeds.from(Long.MAX_VALUE, 2)).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
        assertThat(Seeds.from(0, Seeds.MOST)).hasSize(10_000);
        assertThat(Seeds.from(0, -1)).isEmpty();
    }

    @Test
    void areNotEndless() {
        assertThatThrownBy(() -> Seeds.from(0, Integer.MAX_VALUE))
                .isInstanceOf(ClapException.class)
                .hasMessage("There should be at most 10000 seeds, but are 2147483647");
    }
}
