package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import org.junit.jupiter.api.Test;

class EndOfTextTests {
    @Test
    void theHighestIdEndsAText() {
        assertThat(EndOfText.atHighestId().position(new int[] {498, 7, 499, 0, 0}))
                .isEqualTo(2);
        assertThat(EndOfText.atHighestId().position(new int[] {498, 499, 499, 499}))
                .isEqualTo(1);
    }

    @Test
    void aGivenIdEndsATextWhereItFirstStands() {
        assertThat(EndOfText.atFirst(7).position(new int[] {498, 3, 7, 499, 7})).isEqualTo(2);
    }

    @Test
    void aTextWithoutItsEndTokenIsAnError() {
        assertThatThrownBy(() -> EndOfText.atFirst(7).position(new int[] {1, 2}))
                .isInstanceOf(ClapException.class)
                .hasMessage("A text of 2 token ids has no end token, whose id is 7; every text must end with it");
        assertThatThrownBy(() -> EndOfText.atHighestId().position(new int[0])).isInstanceOf(ClapException.class);
    }
}
