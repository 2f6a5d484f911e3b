package dev.clap4j.iconworld.paint;

/**
 * Colour arithmetic, limited to operations that every machine rounds alike, so that pictures are the same everywhere.
 */
final class Tones {
    private Tones() {}

    static float luminance(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }

    /** Returns 0 below {@code low}, 1 above {@code high}, and a smooth transition between them. */
    static float smooth(float low, float high, float value) {
        float t = clamp((value - low) / (high - low));
        return t * t * (3 - 2 * t);
    }

    /**
     * Rounds to the nearest of equally spaced tones.
     *
     * @param tones the number of tones
     */
    static float posterize(float value, int tones) {
        return (float) Math.floor(clamp(value) * (tones - 0.001f)) / (tones - 1);
    }

    /** Converts a hue (0 to 1, around the circle), a saturation and a brightness to red, green and blue. */
    static float[] hsb(double hue, double saturation, double brightness) {
        double h = (hue - Math.floor(hue)) * 6;
        float[] rgb = new float[3];
        for (int channel = 0; channel < 3; channel++) {
            // The distance around the hexagon from the channel's own corner.
            double k = (5 - 2 * channel + h) % 6;
            double fade = Math.max(0, Math.min(1, Math.min(k, 4 - k)));
            rgb[channel] = (float) (brightness * (1 - saturation * fade));
        }
        return rgb;
    }

    static float[] rgb(int packed) {
        return new float[] {(packed >> 16 & 0xFF) / 255f, (packed >> 8 & 0xFF) / 255f, (packed & 0xFF) / 255f};
    }
}
