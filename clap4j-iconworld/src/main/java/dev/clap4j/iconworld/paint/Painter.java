package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.icon.Glyph;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.Seeds;
import java.util.random.RandomGenerator;

/**
 * Paints scenes. With the same glyphs, the same scene at the same size gives the same bytes on every machine.
 * Thread-safe.
 */
public final class Painter {
    /** The number of units in a picture's side; all lengths are in units. */
    private static final float UNITS = 64;

    private final GlyphAtlas glyphs;
    private final int side;

    /**
     * Creates a painter.
     *
     * @param glyphs the glyphs of all concepts and icon sets in the scenes
     * @param side side of the pictures in pixels
     */
    public Painter(GlyphAtlas glyphs, int side) {
        this.glyphs = glyphs;
        this.side = side;
    }

    /** Returns the side of the pictures in pixels. */
    public int side() {
        return side;
    }

    /**
     * Paints a scene.
     *
     * @return planar bytes {@code [3, side, side]}: red, green and blue
     */
    public byte[] paint(Scene scene) {
        RandomGenerator random = Seeds.generator(scene.seed(), "picture", 0);
        float unit = side / UNITS;
        Glyph glyph = glyphs.get(scene.iconSet(), scene.concept(), scene.pose().scale() * side);
        Layer object = Layer.of(glyph, scene.pose(), scene.attributes().colour(), side);
        Picture picture = Technique.of(scene.attributes().imageType()).paint(object, unit, random);
        return ArtStyles.apply(scene.attributes().artStyle(), picture, unit, random)
                .toBytes();
    }
}
