package dev.clap4j.iconworld.icon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlyphTests {
    @Test
    void halfIsTheMeanOfFourPixels() {
        int[] argb = {
            0xFF000000, 0xFF040404, 0, 0,
            0xFF080808, 0xFF0C0C0C, 0, 0x80402010,
            0, 0, 0xFFFFFFFF, 0xFFFFFFFF,
            0, 0, 0xFFFFFFFF, 0xFFFFFFFF
        };

        Glyph half = new Glyph(4, argb).half();

        assertThat(half.side()).isEqualTo(2);
        // 0x80 / 4 = 0x20, 0x40 / 4 = 0x10, 0x20 / 4 = 0x08, 0x10 / 4 = 0x04
        assertThat(half.argb()).containsExactly(0xFF060606, 0x20100804, 0, 0xFFFFFFFF);
    }
}
