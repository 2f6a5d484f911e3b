package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;

/**
 * Everything that determines a picture.
 *
 * @param concept the concept shown
 * @param iconSet the icon set it is drawn by
 * @param attributes the attributes named in a template prompt
 * @param pose position and orientation
 * @param seed determines what prompts do not describe: background, strokes, grain
 */
public record Scene(Concept concept, IconSet iconSet, Attributes attributes, Pose pose, long seed) {
    /** The attributes of an object and its picture in a template prompt. */
    public record Attributes(ImageType imageType, ArtStyle artStyle, Size size, Colour colour) {}

    /**
     * Position and orientation of the object.
     *
     * @param scale its longer side as a share of the picture's
     * @param right horizontal offset from the centre, as a share of the picture's side
     * @param down vertical offset from the centre, as a share of the picture's side
     * @param radians rotation in radians
     * @param mirrored whether it is mirrored horizontally
     */
    public record Pose(double scale, double right, double down, double radians, boolean mirrored) {}
}
