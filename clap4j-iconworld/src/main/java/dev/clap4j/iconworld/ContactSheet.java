package dev.clap4j.iconworld;

import dev.clap4j.Progress;
import dev.clap4j.iconworld.dataset.PngFiles;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.paint.Pictures;
import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.iconworld.scene.Size;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** A contact sheet of all icon sets and image types: one row per concept and image type, one column per set. */
public final class ContactSheet {
    private ContactSheet() {}

    /** Draws the sheet to a PNG file. */
    public static void write(List<Concept> concepts, int side, long seed, Path file, Progress progress) {
        PngFiles.write(draw(concepts, side, seed, progress), file);
    }

    /**
     * Draws the sheet.
     *
     * @param side side of one picture in pixels
     * @param progress receives the number of drawings newly rendered
     */
    public static BufferedImage draw(List<Concept> concepts, int side, long seed, Progress progress) {
        List<IconSet> sets = List.of(IconSet.values());
        List<ImageType> types = List.of(ImageType.values());
        List<ArtStyle> styles = List.of(ArtStyle.values());
        List<Size> sizes = List.of(Size.values());
        List<Colour> colours = List.of(Colour.values());
        Painter painter = new Painter(GlyphAtlas.render(concepts, sets, progress), side);
        SceneSampler sampler = SceneSampler.even(concepts, sets, seed);
        BufferedImage sheet = new BufferedImage(
                side * sets.size(), side * types.size() * concepts.size(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < types.size() * concepts.size(); row++) {
            Concept concept = concepts.get(row / types.size());
            ImageType type = types.get(row % types.size());
            for (int column = 0; column < sets.size(); column++) {
                Scene.Attributes attributes = new Scene.Attributes(
                        type,
                        styles.get(column % 2),
                        sizes.get((row + column) % 3),
                        colours.get(Math.floorMod(row * 3 + column * 7 + 9, colours.size())));
                Scene scene = sampler.get(concept, sets.get(column), attributes, row);
                Pictures.put(painter.paint(scene), side, sheet, column * side, row * side);
            }
        }
        return sheet;
    }
}
