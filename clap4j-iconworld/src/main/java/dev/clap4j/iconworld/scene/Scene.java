package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;

/**
 * Everything that decides about a picture.
 *
 * @param concept what is shown
 * @param iconSet whose drawing of it
 * @param attributes what a template prompt says of it
 * @param pose where and how it stands
 * @param seed of what no prompt speaks of: backdrop, strokes, grain
 */
public record Scene(Concept concept, IconSet iconSet, Attributes attributes, Pose pose, long seed) {
    /** What a template prompt says of an object and of its picture. */
    public record Attributes(ImageType imageType, ArtStyle artStyle, Size size, Colour colour) {}

    /**
     * Where and how the object stands.
     *
     * @param scale its longer side as a share of the picture's
     * @param right how far it is from the middle, as a share of the picture's side
     * @param down how far it is from the middle, as a share of the picture's side
     * @param radians how far it is turned
     * @param mirrored whether left and right are exchanged
     */
    public record Pose(double scale, double right, double down, double radians, boolean mirrored) {}
}
