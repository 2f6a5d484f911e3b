package dev.clap4j.internal.image.webp;

/** A transform applied to a lossless image before compression, and its inverse. */
sealed interface LosslessTransform {
    /** Applies the inverse transform. */
    int[] invert(int[] pixels, int height);

    /** Returns the stored width of an image whose width would be {@code width} without the transform. */
    default int packedWidth(int width) {
        return width;
    }

    private static int add(int a, int b) {
        int alphaAndGreen = (a & 0xFF00FF00) + (b & 0xFF00FF00);
        int redAndBlue = (a & 0x00FF00FF) + (b & 0x00FF00FF);
        return (alphaAndGreen & 0xFF00FF00) | (redAndBlue & 0x00FF00FF);
    }

    /** Stores every pixel as the difference from one of fourteen predictions, chosen for each tile. */
    record Predictor(int width, int bits, int[] tiles) implements LosslessTransform {
        private static final int OPAQUE = 0xFF000000;

        @Override
        public int[] invert(int[] p, int height) {
            int across = (width + (1 << bits) - 1) >> bits;
            p[0] = add(p[0], OPAQUE);
            for (int x = 1; x < width; x++) {
                p[x] = add(p[x], p[x - 1]);
            }
            for (int y = 1; y < height; y++) {
                int row = y * width;
                p[row] = add(p[row], p[row - width]);
                for (int x = 1; x < width; x++) {
                    int mode = tiles[(y >> bits) * across + (x >> bits)] >> 8 & 0xF;
                    int i = row + x;
                    p[i] = add(p[i], predict(mode, p[i - 1], p, i - width));
                }
            }
            return p;
        }

        /** Predicts a pixel from the one on its left and those around {@code above}. */
        private static int predict(int mode, int left, int[] p, int above) {
            int top = p[above];
            int topLeft = p[above - 1];
            // In the last column this is the first pixel of the current row.
            int topRight = p[above + 1];
            return switch (mode) {
                case 1 -> left;
                case 2 -> top;
                case 3 -> topRight;
                case 4 -> topLeft;
                case 5 -> mean(mean(left, topRight), top);
                case 6 -> mean(left, topLeft);
                case 7 -> mean(left, top);
                case 8 -> mean(topLeft, top);
                case 9 -> mean(top, topRight);
                case 10 -> mean(mean(left, topLeft), mean(top, topRight));
                case 11 -> distance(left, topLeft) <= distance(top, topLeft) ? top : left;
                case 12 -> gradient(left, top, topLeft);
                case 13 -> halfGradient(mean(left, top), topLeft);
                default -> OPAQUE;
            };
        }

        private static int mean(int a, int b) {
            return ((a ^ b) >>> 1 & 0x7F7F7F7F) + (a & b);
        }

        private static int distance(int a, int b) {
            int sum = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                sum += Math.abs((a >>> shift & 0xFF) - (b >>> shift & 0xFF));
            }
            return sum;
        }

        private static int gradient(int left, int top, int topLeft) {
            int pixel = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                int v = (left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (topLeft >>> shift & 0xFF);
                pixel |= clip(v) << shift;
            }
            return pixel;
        }

        private static int halfGradient(int mean, int topLeft) {
            int pixel = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                int a = mean >>> shift & 0xFF;
                pixel |= clip(a + (a - (topLeft >>> shift & 0xFF)) / 2) << shift;
            }
            return pixel;
        }

        private static int clip(int v) {
            return v < 0 ? 0 : Math.min(v, 255);
        }
    }

    /** Stores red and blue without the parts predicted by green and red, which differ between tiles. */
    record CrossColour(int width, int bits, int[] tiles) implements LosslessTransform {
        @Override
        public int[] invert(int[] p, int height) {
            int across = (width + (1 << bits) - 1) >> bits;
            for (int i = 0; i < p.length; i++) {
                int factors = tiles[((i / width) >> bits) * across + (i % width >> bits)];
                int argb = p[i];
                int green = argb >> 8;
                int red = (argb >> 16) + times(factors, green) & 0xFF;
                int blue = argb + times(factors >> 8, green) + times(factors >> 16, red) & 0xFF;
                p[i] = (argb & 0xFF00FF00) | red << 16 | blue;
            }
            return p;
        }

        private static int times(int factor, int colour) {
            return ((byte) factor * (byte) colour) >> 5;
        }
    }

    /** Stores red and blue as differences from green. */
    record SubtractGreen() implements LosslessTransform {
        @Override
        public int[] invert(int[] p, int height) {
            for (int i = 0; i < p.length; i++) {
                int green = p[i] >> 8 & 0xFF;
                p[i] = add(p[i], green << 16 | green);
            }
            return p;
        }
    }

    /**
     * Stores pixels as indices into a palette, several per pixel if it is small.
     *
     * @param width width of the original image
     * @param bits log2 of the number of indices per pixel
     * @param colours the palette
     */
    record Palette(int width, int bits, int[] colours) implements LosslessTransform {
        /** Creates a palette from colours stored as differences from the one before. */
        static Palette of(int width, int[] differences) {
            int n = differences.length;
            int bits = n > 16 ? 0 : n > 4 ? 1 : n > 2 ? 2 : 3;
            int[] colours = new int[1 << (8 >> bits)];
            int colour = 0;
            for (int i = 0; i < n; i++) {
                colour = add(colour, differences[i]);
                colours[i] = colour;
            }
            return new Palette(width, bits, colours);
        }

        @Override
        public int packedWidth(int unpacked) {
            return (unpacked + (1 << bits) - 1) >> bits;
        }

        @Override
        public int[] invert(int[] packed, int height) {
            int across = packedWidth(width);
            int depth = 8 >> bits;
            int[] out = bits == 0 ? packed : new int[Math.multiplyExact(width, height)];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int indices = packed[y * across + (x >> bits)] >> 8 & 0xFF;
                    int index = indices >> ((x & (1 << bits) - 1) * depth) & (1 << depth) - 1;
                    out[y * width + x] = colours[index];
                }
            }
            return out;
        }
    }
}
