package dev.clap4j.internal.image;

import dev.clap4j.ClapException;

/** One of the things that are done to an image before its pixels are normalised. */
public sealed interface PreprocessingStep {
    /** Beyond this the positions of pixels would lose precision. */
    int MAX_EDGE = 1 << 28;

    /** Converts to red, green and blue: opacity is dropped, inks are multiplied. */
    record ToRgb() implements PreprocessingStep {
        @Override
        public String toString() {
            return "rgb";
        }
    }

    /** Which edges become as long as is wanted. */
    enum Fit {
        /** The shorter one; the other keeps the shape, rounded down. */
        SHORTEST_EDGE,
        /** The longer one; the other keeps the shape, rounded to the nearest. */
        LONGEST_EDGE,
        /** Both, whatever the shape. */
        SQUASH
    }

    /**
     * Resizes, in the mode that the image has.
     *
     * @param length of the edges that {@code fit} says, in pixels
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
         * The new length of an edge.
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

    /** On which side an odd pixel is cut off or added. */
    enum Rounding {
        /** Offsets round to the nearest, halves to the even number; a border's larger half lies behind: torchvision's. */
        HALF_EVEN,
        /** Offsets round down, a border's larger half lies before: transformers'. */
        FLOOR
    }

    /**
     * Cuts out the centre; an image that is too small gets a border.
     *
     * @param size the edge of the square, in pixels
     * @param fill every sample of the border, 0 to 255
     */
    record CentreCrop(int size, Rounding rounding, int fill) implements PreprocessingStep {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the size is less than 1 or the fill is no byte
         */
        public CentreCrop {
            if (size < 1 || fill < 0 || fill > 255) {
                throw new IllegalArgumentException("A crop of " + size + " pixels filled with " + fill);
            }
        }

        /** Where the square begins; negative if the image is smaller. */
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
