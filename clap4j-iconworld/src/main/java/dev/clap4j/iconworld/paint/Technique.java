package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.scene.ImageType;
import java.util.random.RandomGenerator;

/** The painting technique of an image type, applied to a cut-out object. */
interface Technique {
    /**
     * Paints the picture.
     *
     * @param unit the unit of length in pixels, a sixty-fourth of the picture's side
     */
    Picture paint(Layer object, float unit, RandomGenerator random);

    /** Returns the technique of an image type. */
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
