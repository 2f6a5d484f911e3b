package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.icon.Glyph;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.Seeds;
import java.util.random.RandomGenerator;

/**
 * Draws scenes: of the same drawings, the same scene at the same size is the same bytes everywhere. Safe for several threads.
 */
public final class Painter {
    /** All lengths are measured in sixty-fourths of the picture's side. */
    private static final float UNITS = 64;

    private final GlyphAtlas glyphs;
    private final int side;

    /**
     * A painter.
     *
     * @param glyphs the drawings of all concepts and sets that scenes will have
     * @param side pixels of a side of the pictures
     */
    public Painter(GlyphAtlas glyphs, int side) {
        this.glyphs = glyphs;
        this.side = side;
    }

    /** Pixels of a side. */
    public int side() {
        return side;
    }

    /** The picture of a scene: planar bytes {@code [3, side, side]}, red, green and blue. */
    public byte[] paint(Scene scene) {
        RandomGenerator random = Seeds.generator(scene.seed(), "picture", 0);
        float unit = side / UNITS;
        Glyph glyph = glyphs.get(scene.iconSet(), scene.concept(), scene.pose().scale() * side);
        Layer object = Layer.of(glyph, scene.pose(), scene.attributes().colour(), side);
        Picture picture = Technique.of(scene.attributes().imageType()).paint(object, unit, random);
        return Manners.apply(scene.attributes().artStyle(), picture, unit, random)
                .toBytes();
    }
}
