package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.scene.ImageType;
import java.util.random.RandomGenerator;

/** How a kind of picture is made from an object that is cut out. */
interface Technique {
    /**
     * The finished picture.
     *
     * @param unit a sixty-fourth of the picture's side in pixels, in which all lengths are measured
     */
    Picture paint(Layer object, float unit, RandomGenerator random);

    /** The technique of an image type. */
    static Technique of(ImageType type) {
        return switch (type) {
            case PAINTING -> Paintings::paint;
            case SKETCH -> Sketches::paint;
            case CARTOON -> Cartoons::paint;
            case CLIPART -> Cliparts::paint;
            case PHOTOGRAPH -> Photographs::paint;
            case INFOGRAPH -> Infographs::paint;
            case MOSAIC_ART -> Mosaics::paint;
            case SCULPTURE -> Sculptures::paint;
        };
    }
}
