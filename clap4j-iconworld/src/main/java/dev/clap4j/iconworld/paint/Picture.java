package dev.clap4j.iconworld.paint;

/**
 * A square picture of floats from 0 to 1, in three planes.
 *
 * @param side side in pixels
 * @param planes red, green and blue, each {@code [side, side]}, row by row
 */
record Picture(int side, float[][] planes) {
    static Picture blank(int side) {
        return new Picture(side, new float[3][side * side]);
    }

    int pixels() {
        return side * side;
    }

    void set(int at, float red, float green, float blue) {
        planes[0][at] = red;
        planes[1][at] = green;
        planes[2][at] = blue;
    }

    float luminance(int at) {
        return Tones.luminance(planes[0][at], planes[1][at], planes[2][at]);
    }

    /** Returns the luminance of every pixel. */
    float[] luminance() {
        float[] luminance = new float[pixels()];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = luminance(i);
        }
        return luminance;
    }

    /**
     * Mixes a colour into a pixel.
     *
     * @param share from 0, the pixel unchanged, to 1, the colour alone
     */
    void mix(int at, float share, float red, float green, float blue) {
        planes[0][at] += share * (red - planes[0][at]);
        planes[1][at] += share * (green - planes[1][at]);
        planes[2][at] += share * (blue - planes[2][at]);
    }

    /** Multiplies a pixel's colours by a factor. */
    void multiply(int at, float factor) {
        for (float[] plane : planes) {
            plane[at] *= factor;
        }
    }

    /** Converts to planar bytes {@code [3, side, side]}. */
    byte[] toBytes() {
        byte[] bytes = new byte[3 * pixels()];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < pixels(); i++) {
                float value = Math.max(0, Math.min(1, planes[channel][i]));
                bytes[channel * pixels() + i] = (byte) (int) (value * 255 + 0.5f);
            }
        }
        return bytes;
    }
}
