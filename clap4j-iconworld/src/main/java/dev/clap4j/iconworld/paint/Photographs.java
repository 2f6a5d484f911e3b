package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Photographs: light from above, a shadow, a blurred background, darker corners, grain. */
final class Photographs {
    private Photographs() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        Picture picture = background(side, unit, random);
        shadow(picture, object, unit);
        light(object, side);
        object.over(picture);
        float[] grain = Noise.white(picture.pixels(), random);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                float dx = 2f * x / side - 1;
                float dy = 2f * y / side - 1;
                picture.multiply(i, 1.04f - 0.16f * (dx * dx + dy * dy) + 0.035f * grain[i]);
            }
        }
        return picture;
    }

    private static Picture background(int side, float unit, RandomGenerator random) {
        double hue = random.nextDouble();
        float[] near = Tones.hsb(hue, 0.15 + 0.25 * random.nextDouble(), 0.55 + 0.3 * random.nextDouble());
        float[] far = Tones.hsb(hue + 0.15 * random.nextDouble(), 0.2 + 0.3 * random.nextDouble(), 0.75);
        Picture picture = Backdrops.gradient(side, near, far, random);
        for (int i = 0; i < 5; i++) {
            float[] colour = Tones.hsb(hue + 0.3 * random.nextDouble(), 0.25, 0.9);
            float radius = unit * (4 + 7 * random.nextFloat());
            Backdrops.disc(picture, side * random.nextFloat(), side * random.nextFloat(), radius, colour, 0.3f);
        }
        for (int channel = 0; channel < 3; channel++) {
            picture.planes()[channel] = Filters.blur(picture.planes()[channel], side, Math.round(2 * unit));
        }
        return picture;
    }

    private static void shadow(Picture picture, Layer object, float unit) {
        int side = picture.side();
        float[] soft = Filters.blur(object.alpha(), side, Math.round(2 * unit));
        int shift = Math.round(3 * unit);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float dark = soft[Filters.clamp(y - shift, side) * side + Filters.clamp(x - shift, side)];
                picture.multiply(y * side + x, 1 - 0.45f * dark);
            }
        }
    }

    private static void light(Layer object, int side) {
        for (int y = 0; y < side; y++) {
            float factor = 1.12f - 0.32f * y / side;
            for (int x = 0; x < side; x++) {
                object.colours().multiply(y * side + x, factor);
            }
        }
    }
}
