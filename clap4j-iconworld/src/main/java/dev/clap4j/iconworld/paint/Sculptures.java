package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Sculptures: a relief in one material, lit from one side, on a plinth in front of a wall. */
final class Sculptures {
    private static final int[] MATERIALS = {0xD9D4C8, 0xB08D57, 0xA65E3C, 0x9A9A96};

    private Sculptures() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        float wall = 0.30f + 0.25f * random.nextFloat();
        Picture picture = Backdrops.gradient(
                side,
                new float[] {wall, wall, wall * 1.04f},
                new float[] {wall + 0.2f, wall + 0.19f, wall + 0.18f},
                random);
        float plinth = 0.55f + 0.15f * random.nextFloat();
        Backdrops.box(picture, 8 * unit, 55 * unit, 56 * unit, side, new float[] {plinth, plinth, plinth * 0.97f});
        carve(object, Tones.rgb(MATERIALS[random.nextInt(MATERIALS.length)]), unit, random.nextBoolean() ? 1 : -1);
        object.over(picture);
        return picture;
    }

    private static void carve(Layer object, float[] material, float unit, int fromLeft) {
        Picture colours = object.colours();
        int side = colours.side();
        float[] height = new float[colours.pixels()];
        float[] soft = Filters.blur(object.alpha(), side, Math.max(1, Math.round(1.5f * unit)));
        for (int i = 0; i < height.length; i++) {
            height[i] = 1.2f * soft[i] + 0.55f * object.alpha()[i] * colours.luminance(i);
        }
        float[] relief = Filters.blur(height, side, Math.round(0.6f * unit));
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                float slope =
                        unit * (fromLeft * Filters.slopeX(relief, side, x, y) + Filters.slopeY(relief, side, x, y));
                float light = 0.72f + 0.75f * slope;
                float shine = Tones.smooth(0.25f, 0.6f, slope) * 0.25f;
                for (int channel = 0; channel < 3; channel++) {
                    float[] plane = colours.planes()[channel];
                    plane[i] = Tones.clamp((0.7f * material[channel] + 0.3f * plane[i]) * light + shine);
                }
            }
        }
    }
}
