package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/** A step applied to an image before its pixels are normalised. */
public sealed interface PreprocessingStep {
    /** A limit beyond which pixel positions would lose precision. */
    int MAX_EDGE = 1 << 28;

    /** Converts to red, green and blue: opacity is dropped, inks are multiplied. */
    record ToRgb() implements PreprocessingStep {
        @Override
        public String toString() {
            return "rgb";
        }
    }

    /** The edges to which the length applies. */
    enum Fit {
        /** The shorter edge; the other follows the aspect ratio, rounded down. */
        SHORTEST_EDGE,
        /** The longer edge; the other follows the aspect ratio, rounded to nearest. */
        LONGEST_EDGE,
        /** Both edges, ignoring the aspect ratio. */
        SQUASH
    }

    /**
     * Resizes, in the mode of the image.
     *
     * @param fit the edges to which the length applies
     * @param length the length in pixels
     */
    record Resize(Fit fit, int length, Resampling filter) implements PreprocessingStep {
        /**
         * Checks the length.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Resize {
            if (length < 1) {
                throw new IllegalArgumentException("Resizing to " + length + " pixels");
            }
        }

        /**
         * Returns the new length of an edge.
         *
         * @throws ClapException if the image is too long and thin
         */
        int edge(int edge, int other) {
            double resized =
                    switch (fit) {
                        case SQUASH -> length;
                        case SHORTEST_EDGE -> edge <= other ? length : Math.floor((double) length * edge / other);
                        case LONGEST_EDGE -> Math.rint(edge / ((double) Math.max(edge, other) / length));
                    };
            if (resized > MAX_EDGE || resized < 1) {
                throw new ClapException("An image of " + edge + " by " + other
                        + " pixels is too long and thin to be resized to " + length + " pixels across");
            }
            return (int) resized;
        }

        @Override
        public String toString() {
            return "resize "
                    + switch (fit) {
                        case SHORTEST_EDGE -> length;
                        case LONGEST_EDGE -> "longest edge " + length;
                        case SQUASH -> length + "×" + length;
                    }
                    + " " + filter;
        }
    }

    /** The rounding of crop offsets and borders when the difference is odd. */
    enum Rounding {
        /** Rounds offsets to nearest, ties to even; the larger half of a border comes last (torchvision). */
        HALF_EVEN,
        /** Rounds offsets down; the larger half of a border comes first (transformers). */
        FLOOR
    }

    /**
     * Crops the centre; an image that is too small gets a border.
     *
     * @param size the side of the square in pixels
     * @param fill the value of every sample of the border, 0 to 255
     */
    record CentreCrop(int size, Rounding rounding, int fill) implements PreprocessingStep {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the size is less than 1 or the fill is outside 0 to 255
         */
        public CentreCrop {
            if (size < 1 || fill < 0 || fill > 255) {
                throw new IllegalArgumentException("A crop of " + size + " pixels filled with " + fill);
            }
        }

        /** Returns the offset of the square; negative if the image is smaller. */
        int offset(int edge) {
            if (rounding == Rounding.FLOOR) {
                return Math.floorDiv(edge - size, 2);
            }
            return edge < size ? -((size - edge) / 2) : (int) Math.rint((edge - size) / 2.0);
        }

        @Override
        public String toString() {
            return "centre crop " + size + (rounding == Rounding.FLOOR ? " rounded down" : "")
                    + (fill == 0 ? "" : " filled with " + fill);
        }
    }
}
