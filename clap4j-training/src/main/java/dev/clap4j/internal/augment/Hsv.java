package dev.clap4j.internal.augment;

/**
 * Conversion between RGB and 8-bit hue, saturation and value, with Pillow's rounding. A round trip changes some colours
 * by a few levels, as in Pillow.
 */
final class Hsv {
    private static final int SIXTHS = 6;

    private Hsv() {}

    /** Converts three samples from RGB to HSV, in place. */
    static void fromRgb(byte[] samples, int at) {
        int red = samples[at] & 0xFF;
        int green = samples[at + 1] & 0xFF;
        int blue = samples[at + 2] & 0xFF;
        int max = Math.max(red, Math.max(green, blue));
        float range = max - Math.min(red, Math.min(green, blue));
        samples[at + 2] = (byte) max;
        if (range == 0) {
            samples[at] = 0;
            samples[at + 1] = 0;
            return;
        }
        float toRed = (max - red) / range;
        float toGreen = (max - green) / range;
        float toBlue = (max - blue) / range;
        float sixths;
        if (red == max) {
            sixths = toBlue - toGreen;
        } else if (green == max) {
            sixths = (float) (2.0 + toRed - toBlue);
        } else {
            sixths = (float) (4.0 + toGreen - toRed);
        }
        float hue = (float) ((sixths / 6.0 + 1.0) % 1.0);
        float saturation = range / max;
        samples[at] = (byte) (int) (hue * 255.0);
        samples[at + 1] = (byte) (int) (saturation * 255.0);
    }

    /** Converts three samples from HSV to RGB, in place. */
    static void toRgb(byte[] samples, int at) {
        int hue = samples[at] & 0xFF;
        int value = samples[at + 2] & 0xFF;
        float saturation = (float) ((samples[at + 1] & 0xFF) / 255.0);
        int sextant = hue * SIXTHS / 255;
        float beyond = (float) (hue * 6.0 / 255.0 - sextant);
        byte full = (byte) value;
        byte least = round(value * (1.0 - saturation));
        byte falling = round(value * (1.0 - saturation * beyond));
        byte rising = round(value * (1.0 - saturation * (1.0 - beyond)));
        switch (sextant % SIXTHS) {
            case 0 -> put(samples, at, full, rising, least);
            case 1 -> put(samples, at, falling, full, least);
            case 2 -> put(samples, at, least, full, rising);
            case 3 -> put(samples, at, least, falling, full);
            case 4 -> put(samples, at, rising, least, full);
            default -> put(samples, at, full, least, falling);
        }
    }

    private static byte round(double value) {
        return (byte) (int) Math.floor(value + 0.5);
    }

    private static void put(byte[] samples, int at, byte red, byte green, byte blue) {
        samples[at] = red;
        samples[at + 1] = green;
        samples[at + 2] = blue;
    }
}
