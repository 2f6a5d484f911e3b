package dev.clap4j.iconworld.scene;

import java.util.Arrays;

/** The eight image types of the paper's template, in its order. */
public enum ImageType implements Word {
    /** Oil on canvas. */
    PAINTING("painting"),
    /** Pencil on paper. */
    SKETCH("sketch"),
    /** Flat tones and a thick outline. */
    CARTOON("cartoon"),
    /** On plain white. */
    CLIPART("clipart"),
    /** Light, shadow, blur and grain. */
    PHOTOGRAPH("photograph"),
    /** On a badge among bars and lines. */
    INFOGRAPH("infograph"),
    /** Small tiles. */
    MOSAIC_ART("mosaic art"),
    /** A relief in one material. */
    SCULPTURE("sculpture");

    private final String word;

    ImageType(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Returns an image type by its word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ImageType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No image type: " + word));
    }
}
