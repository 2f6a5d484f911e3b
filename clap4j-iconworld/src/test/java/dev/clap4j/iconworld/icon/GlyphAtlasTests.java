package dev.clap4j.iconworld.icon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.ToldProgress;
import dev.clap4j.internal.io.Digests;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlyphAtlasTests {
    private static final List<Concept> CONCEPTS =
            List.of(Concept.ALL.get(0), Concept.ALL.get(40), Concept.ALL.get(120), Concept.ALL.get(186));
    private static final ToldProgress RENDERED = ToldProgress.patient();

    private static GlyphAtlas atlas;

    @BeforeAll
    static void render() {
        atlas = GlyphAtlas.render(CONCEPTS, List.of(IconSet.values()), RENDERED);
    }

    @ParameterizedTest
    @EnumSource(IconSet.class)
    void drawingsAreCentredAndFillTheirSquare(IconSet set) {
        for (Concept concept : CONCEPTS) {
            Glyph glyph = atlas.get(set, concept, 128);
            int left = glyph.side();
            int top = glyph.side();
            int right = -1;
            int bottom = -1;
            for (int i = 0; i < glyph.argb().length; i++) {
                if (glyph.argb()[i] >>> 24 > 8) {
                    left = Math.min(left, i % glyph.side());
                    right = Math.max(right, i % glyph.side());
                    top = Math.min(top, i / glyph.side());
                    bottom = Math.max(bottom, i / glyph.side());
                }
            }
            // Margins are measured in whole pixels of 96, each 4/3 pixels here: one on either side.
            assertThat(Math.max(right - left, bottom - top) + 1)
                    .as(concept.name())
                    .isBetween(124, 128);
            assertThat((left + right + 1) / 2.0).as(concept.name()).isBetween(62.0, 66.0);
            assertThat((top + bottom + 1) / 2.0).as(concept.name()).isBetween(62.0, 66.0);
        }
    }

    @Test
    void theSmallestThatIsLargeEnoughIsTaken() {
        assertThat(RENDERED.done()).isEqualTo(4 * 11);
        Concept dog = CONCEPTS.get(0);
        assertThat(atlas.get(IconSet.NOTO, dog, 20).side()).isEqualTo(32);
        assertThat(atlas.get(IconSet.NOTO, dog, 32).side()).isEqualTo(32);
        assertThat(atlas.get(IconSet.NOTO, dog, 33).side()).isEqualTo(64);
        assertThat(atlas.get(IconSet.NOTO, dog, 65).side()).isEqualTo(128);
        assertThat(atlas.get(IconSet.NOTO, dog, 500).side()).isEqualTo(128);
    }

    @Test
    void theSameDrawingIsTheSamePixels() {
        GlyphAtlas again = GlyphAtlas.render(CONCEPTS, List.of(IconSet.TWEMOJI), Progress.NONE);

        for (Concept concept : CONCEPTS) {
            assertThat(again.get(IconSet.TWEMOJI, concept, 128).argb())
                    .isEqualTo(atlas.get(IconSet.TWEMOJI, concept, 128).argb());
        }
    }

    /** Only the rendering of strokes by Java2D varies between Java versions. */
    @Test
    void drawingsWithoutStrokesAreTheSameOnEveryJava() {
        assertThat(digest(false)).isEqualTo("e05d92917fdccc9b161b6eca2f7a9a21");
    }

    /** The mini CLIP was trained on what Java 17 draws; whoever changes this raises {@code BuildOptions.DRAWING}. */
    @Test
    void drawingsWithStrokesAreTheSameOnJava17() {
        assumeTrue(Rasteriser.version().equals("17"), "another version of Java");
        assertThat(digest(true)).isEqualTo("9f5b65ad2e010a20ce53956c2fbd9a3e");
    }

    /** Of the pixels of all drawings that have strokes, or have none. */
    private static String digest(boolean stroked) {
        List<int[]> pixels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        CONCEPTS.forEach(concept -> names.addAll(concept.icons()));
        for (IconSet set : IconSet.values()) {
            Map<String, IconLibrary.Drawing> drawings = IconLibrary.read(set, names);
            for (Concept concept : CONCEPTS) {
                String icon = concept.icons().stream()
                        .filter(drawings::containsKey)
                        .findFirst()
                        .orElseThrow();
                if (drawings.get(icon).svg().contains("stroke=") == stroked) {
                    pixels.add(atlas.get(set, concept, 128).argb());
                }
            }
        }
        assertThat(pixels).isNotEmpty();
        ByteBuffer bytes = ByteBuffer.allocate(
                Integer.BYTES * pixels.stream().mapToInt(each -> each.length).sum());
        pixels.forEach(each -> IntStream.of(each).forEach(bytes::putInt));
        return Digests.of(bytes.array());
    }

    @Test
    void whatIsNotThereIsSaid() {
        Concept nothing = new Concept("nothing", List.of("no-such-icon"));
        assertThatThrownBy(() -> GlyphAtlas.render(List.of(nothing), List.of(IconSet.TWEMOJI), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The icon set twemoji has no nothing");
        assertThatThrownBy(() -> atlas.get(IconSet.NOTO, nothing, 64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not rendered: nothing of noto");
    }

    @Test
    void whatIsNoDrawingIsSaid() {
        assertThatThrownBy(() -> GlyphRenderer.render(new IconLibrary.Drawing("", 0, 0, 16, 16), "dog of noto", 32))
                .isInstanceOf(ClapException.class)
                .hasMessage("The icon dog of noto draws nothing");
    }
}
