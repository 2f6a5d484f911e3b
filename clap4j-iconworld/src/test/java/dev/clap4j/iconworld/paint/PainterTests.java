package dev.clap4j.iconworld.paint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Progress;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.iconworld.scene.Size;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PainterTests {
    private static final int SIDE = 64;
    private static final List<Concept> CONCEPTS = Concept.ALL.subList(0, 3);
    private static final List<IconSet> SETS = List.of(IconSet.TWEMOJI, IconSet.FXEMOJI);
    private static final SceneSampler SAMPLER = SceneSampler.even(CONCEPTS, SETS, 5);

    private static GlyphAtlas glyphs;

    @BeforeAll
    static void render() {
        glyphs = GlyphAtlas.render(CONCEPTS, SETS, Progress.NONE);
    }

    private static Scene scene(ImageType type, ArtStyle style, Size size, Colour colour, int number) {
        return SAMPLER.get(
                CONCEPTS.get(number % CONCEPTS.size()),
                SETS.get(number % SETS.size()),
                new Scene.Attributes(type, style, size, colour),
                number);
    }

    private static Layer layer(Size size, Colour colour, int number) {
        Scene scene = scene(ImageType.CLIPART, ArtStyle.REALISTIC, size, colour, number);
        return Layer.of(
                glyphs.get(scene.iconSet(), scene.concept(), scene.pose().scale() * SIDE), scene.pose(), colour, SIDE);
    }

    @Test
    void theSameSceneIsTheSameBytes() {
        Painter painter = new Painter(glyphs, SIDE);
        Painter other = new Painter(GlyphAtlas.render(CONCEPTS, SETS, Progress.NONE), SIDE);
        List<Scene> scenes = new ArrayList<>();
        for (ImageType type : ImageType.values()) {
            for (ArtStyle style : ArtStyle.values()) {
                scenes.add(scene(type, style, Size.NORMAL, Colour.MULTICOLORED, scenes.size()));
            }
        }
        List<byte[]> once = scenes.stream().map(painter::paint).toList();
        List<byte[]> inParallel = scenes.parallelStream().map(other::paint).toList();

        for (int i = 0; i < scenes.size(); i++) {
            assertThat(inParallel.get(i)).as(scenes.get(i).toString()).isEqualTo(once.get(i));
            assertThat(once.get(i)).hasSize(3 * SIDE * SIDE);
        }
    }

    @Test
    void everyAttributeShows() {
        Painter painter = new Painter(glyphs, SIDE);
        Set<ByteBuffer> pictures = new HashSet<>();
        for (ImageType type : ImageType.values()) {
            for (ArtStyle style : ArtStyle.values()) {
                for (Size size : Size.values()) {
                    for (Colour colour : Colour.values()) {
                        pictures.add(ByteBuffer.wrap(painter.paint(scene(type, style, size, colour, 1))));
                    }
                }
            }
        }
        assertThat(pictures).hasSize(480);
    }

    @ParameterizedTest
    @EnumSource(
            value = Colour.class,
            names = {"RED", "BLUE", "GREEN", "YELLOW", "PURPLE", "ORANGE", "BROWN"})
    void tintsHaveTheHueOfTheirName(Colour colour) {
        float named = hue(Tones.rgb(colour.rgb()));
        for (int number = 0; number < 6; number++) {
            float shown = hue(mean(layer(Size.LARGE, colour, number)));
            float apart = Math.abs(named - shown);
            // A seventh of the drawing's own colours remains, and turns the mean by up to 22 degrees.
            assertThat(Math.min(apart, 1 - apart)).as("picture %d", number).isLessThan(25 / 360f);
        }
    }

    @Test
    void huesAreInTheOrderOfTheRainbow() {
        List<Colour> rainbow =
                List.of(Colour.RED, Colour.ORANGE, Colour.YELLOW, Colour.GREEN, Colour.BLUE, Colour.PURPLE);
        for (int number = 0; number < 6; number++) {
            List<Float> hues = new ArrayList<>();
            for (Colour colour : rainbow) {
                // Red lies where the circle closes, so the count begins shortly before it.
                hues.add((hue(mean(layer(Size.LARGE, colour, number))) + 0.1f) % 1);
            }
            assertThat(hues).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void blackIsDarkestAndWhiteIsBrightest() {
        for (int number = 0; number < 6; number++) {
            Map<Colour, Float> brightness = new EnumMap<>(Colour.class);
            for (Colour colour : Colour.values()) {
                float[] mean = mean(layer(Size.LARGE, colour, number));
                brightness.put(colour, Tones.luminance(mean[0], mean[1], mean[2]));
            }
            brightness.remove(Colour.MULTICOLORED);
            assertThat(brightness.get(Colour.BLACK)).isEqualTo(Collections.min(brightness.values()));
            assertThat(brightness.get(Colour.WHITE)).isEqualTo(Collections.max(brightness.values()));
        }
    }

    private static float[] mean(Layer layer) {
        float[] mean = new float[3];
        float covered = 0;
        for (int i = 0; i < layer.alpha().length; i++) {
            covered += layer.alpha()[i];
            for (int channel = 0; channel < 3; channel++) {
                mean[channel] += layer.alpha()[i] * layer.colours().planes()[channel][i];
            }
        }
        for (int channel = 0; channel < 3; channel++) {
            mean[channel] /= covered;
        }
        return mean;
    }

    private static float hue(float[] rgb) {
        return Color.RGBtoHSB(Math.round(255 * rgb[0]), Math.round(255 * rgb[1]), Math.round(255 * rgb[2]), null)[0];
    }

    @Test
    void sizesAreOrderedByWhatTheyCover() {
        for (int number = 0; number < 6; number++) {
            double large = covered(layer(Size.LARGE, Colour.MULTICOLORED, number));
            double normal = covered(layer(Size.NORMAL, Colour.MULTICOLORED, number));
            double small = covered(layer(Size.SMALL, Colour.MULTICOLORED, number));
            assertThat(large).isGreaterThan(normal);
            assertThat(normal).isGreaterThan(small);
            assertThat(small).isPositive();
        }
    }

    private static double covered(Layer layer) {
        double covered = 0;
        for (float alpha : layer.alpha()) {
            covered += alpha;
        }
        return covered;
    }
}
