package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Oil paintings: clouds of colour in the background, flat brush strokes, and the weave of the canvas on top. */
final class Paintings {
    private Paintings() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        double hue = random.nextDouble();
        Picture picture = Backdrops.plain(side, Tones.hsb(hue, 0.30, 0.68 + 0.2 * random.nextDouble()));
        Backdrops.cloud(picture, Tones.hsb(hue + 0.08, 0.35, 0.85), 16 * unit, random);
        Backdrops.cloud(picture, Tones.hsb(hue - 0.06, 0.3, 0.62), 10 * unit, random);
        object.over(picture);
        Picture strokes = kuwahara(picture, Math.max(1, Math.round(1.5f * unit)));
        weave(strokes, unit, random);
        return strokes;
    }

    /**
     * Applies a Kuwahara filter: every pixel becomes the mean of the least varied of the four squares with it as a
     * corner.
     */
    private static Picture kuwahara(Picture picture, int radius) {
        int side = picture.side();
        float[] luminance = picture.luminance();
        float[] squared = new float[luminance.length];
        for (int i = 0; i < squared.length; i++) {
            squared[i] = luminance[i] * luminance[i];
        }
        float[] means = Filters.squares(luminance, side, radius + 1);
        float[] meanSquares = Filters.squares(squared, side, radius + 1);
        Picture averaged = Picture.blank(side);
        for (int channel = 0; channel < 3; channel++) {
            averaged.planes()[channel] = Filters.squares(picture.planes()[channel], side, radius + 1);
        }
        Picture result = Picture.blank(side);
        for (int i = 0; i < result.pixels(); i++) {
            int left = Math.max(0, i % side - radius);
            int top = Math.max(0, i / side - radius);
            int[] corners = {top * side + left, top * side + i % side, i - i % side + left, i};
            int calmest = i;
            float least = Float.MAX_VALUE;
            for (int corner : corners) {
                float variance = meanSquares[corner] - means[corner] * means[corner];
                if (variance < least) {
                    least = variance;
                    calmest = corner;
                }
            }
            result.set(i, averaged.planes()[0][calmest], averaged.planes()[1][calmest], averaged.planes()[2][calmest]);
        }
        return result;
    }

    /** Adds the crossing threads of the canvas, and brush hairs. */
    private static void weave(Picture picture, float unit, RandomGenerator random) {
        int side = picture.side();
        float[] hairs = Noise.smooth(side, 2 * unit, random);
        int thread = Math.max(1, Math.round(unit));
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean over = (x / thread + y / thread) % 2 == 0;
                int i = y * side + x;
                picture.multiply(i, (over ? 1.05f : 0.95f) + 0.16f * (hairs[i] - 0.5f));
            }
        }
    }
}
