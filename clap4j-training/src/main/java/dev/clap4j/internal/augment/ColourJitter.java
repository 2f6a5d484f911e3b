package dev.clap4j.internal.augment;

import dev.clap4j.internal.image.Bitmap;
import java.util.random.RandomGenerator;

/**
 * Random changes of brightness and hue, in random order.
 *
 * @param brightness the factor is uniform within 1 ± this, and not below 0
 * @param hue the shift is uniform within ± this, in turns of the colour circle
 */
record ColourJitter(double brightness, double hue) {
    Bitmap apply(Bitmap rgb, RandomGenerator random) {
        boolean brightnessFirst = random.nextBoolean();
        double darkest = Math.max(0, 1 - brightness);
        double factor = darkest + (1 + brightness - darkest) * random.nextDouble();
        double shift = (2 * random.nextDouble() - 1) * hue;
        Bitmap bright = brightnessFirst && brightness > 0 ? withBrightness(rgb, factor) : rgb;
        Bitmap shifted = hue > 0 ? withHue(bright, shift) : bright;
        return !brightnessFirst && brightness > 0 ? withBrightness(shifted, factor) : shifted;
    }

    /** Multiplies all samples by a factor, truncated to integers and clipped to 255. */
    static Bitmap withBrightness(Bitmap rgb, double factor) {
        byte[] table = new byte[256];
        for (int v = 0; v < table.length; v++) {
            table[v] = (byte) (int) Math.min(255, (float) factor * v);
        }
        byte[] out = new byte[rgb.samples().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = table[rgb.samples()[i] & 0xFF];
        }
        return Bitmap.of(rgb.mode(), rgb.width(), rgb.height(), out);
    }

    /** Shifts the hue of all pixels by a fraction of the colour circle, in steps of 1/255. */
    static Bitmap withHue(Bitmap rgb, double turns) {
        int steps = (int) (turns * 255);
        byte[] out = rgb.samples().clone();
        for (int i = 0; i < out.length; i += 3) {
            Hsv.fromRgb(out, i);
            out[i] += (byte) steps;
            Hsv.toRgb(out, i);
        }
        return Bitmap.of(rgb.mode(), rgb.width(), rgb.height(), out);
    }
}
