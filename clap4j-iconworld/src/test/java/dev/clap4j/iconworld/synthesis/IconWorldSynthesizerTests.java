package dev.clap4j.iconworld.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.ToldProgress;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import java.awt.image.BufferedImage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IconWorldSynthesizerTests {
    private static final ToldProgress RENDERED = ToldProgress.patient();

    private static IconWorldSynthesizer synthesizer;

    @BeforeAll
    static void render() {
        synthesizer = IconWorldSynthesizer.of(List.of("dog", "Ice_Cream"), 32, RENDERED);
    }

    @Test
    void drawsInRgbAndSaysHow() {
        BufferedImage picture = synthesizer.synthesize("a photo of a dog", "dog", 1);

        assertThat(Bitmap.of(picture).mode()).isEqualTo(PixelMode.RGB);
        assertThat(picture.getWidth()).isEqualTo(32);
        assertThat(picture.getHeight()).isEqualTo(32);
        assertThat(synthesizer.describe())
                .containsOnly(
                        Map.entry("synthesizer", "iconworld"),
                        Map.entry("image-size", "32"),
                        Map.entry("java", Rasteriser.version()));
        assertThat(RENDERED.done()).isEqualTo(14);
    }

    @Test
    void thePromptAndTheSeedDecide() {
        byte[] first = samples("a sketch of a dog", "dog", 1);

        assertThat(samples("a sketch of a dog", "dog", 1)).isEqualTo(first);
        assertThat(samples("a sketch of a dog", "dog", 2)).isNotEqualTo(first);
        assertThat(samples("a cartoon of a dog", "dog", 1)).isNotEqualTo(first);
        assertThat(samples("a sketch of an ice cream", "Ice_Cream", 1)).isNotEqualTo(first);
    }

    private static byte[] samples(String prompt, String className, long seed) {
        return Bitmap.of(synthesizer.synthesize(prompt, className, seed)).samples();
    }

    @Test
    void allSeenSetsAreUsedAndNoOther() {
        Set<IconSet> sets = EnumSet.noneOf(IconSet.class);
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = synthesizer.scene("a dog", "dog", seed);
            assertThat(scene.concept().name()).isEqualTo("dog");
            sets.add(scene.iconSet());
        }
        assertThat(sets).containsExactlyElementsOf(IconSet.SEEN);
    }

    @Test
    void whatItCannotDrawIsExplained() {
        assertThatThrownBy(() -> IconWorldSynthesizer.of(List.of("dog", "zebu"), 64, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Icon world has no zebu; it has dog, cat, horse, ");
        assertThatThrownBy(() -> IconWorldSynthesizer.of(List.of("dog"), 8, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The image size should be from 16 to 1024, but is 8");
        assertThatThrownBy(() -> synthesizer.synthesize("a cat", "cat", 0))
                .isInstanceOf(ClapException.class)
                .hasMessage("This synthesizer was made for dog, Ice_Cream, not for cat");
    }
}
