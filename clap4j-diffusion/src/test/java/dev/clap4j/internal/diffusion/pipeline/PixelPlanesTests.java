package dev.clap4j.internal.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import org.junit.jupiter.api.Test;

class PixelPlanesTests {
    @Test
    void every_level_survives() {
        byte[] samples = new byte[3 * 256];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / 3 + i % 3 * 80);
        }

        PixelPlanes planes = PixelPlanes.of(Bitmap.of(PixelMode.RGB, 64, 4, samples));

        assertThat(planes.values()).hasSize(samples.length);
        assertThat(planes.bitmap().samples()).isEqualTo(samples);
    }

    @Test
    void values_beyond_the_range_are_clipped_and_halves_go_to_even_levels() {
        float step = 2 / 255f;
        PixelPlanes planes = new PixelPlanes(1, 2, new float[] {-9, 9, -1 + 0.25f * step, 1 - 0.25f * step, 0, -1});

        byte[] samples = planes.bitmap().samples();

        // Red, green and blue of the first pixel, then of the second; half of full light is level 127.5.
        assertThat(samples).containsExactly(0, 0, 128, 255, 255, 0);
    }
}
