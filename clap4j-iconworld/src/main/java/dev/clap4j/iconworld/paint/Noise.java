package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Random planes. */
final class Noise {
    private Noise() {}

    /** Returns values from 0 to 1 that vary smoothly with the given period in pixels. */
    static float[] smooth(int side, float period, RandomGenerator random) {
        int knots = (int) Math.ceil(side / period) + 2;
        float[] grid = new float[knots * knots];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat();
        }
        float shiftX = random.nextFloat();
        float shiftY = random.nextFloat();
        float[] plane = new float[side * side];
        for (int y = 0; y < side; y++) {
            float v = y / period + shiftY;
            int row = Math.min((int) v, knots - 2);
            float down = Tones.smooth(0, 1, v - row);
            for (int x = 0; x < side; x++) {
                float u = x / period + shiftX;
                int column = Math.min((int) u, knots - 2);
                float right = Tones.smooth(0, 1, u - column);
                int at = row * knots + column;
                float top = grid[at] + right * (grid[at + 1] - grid[at]);
                float bottom = grid[at + knots] + right * (grid[at + knots + 1] - grid[at + knots]);
                plane[y * side + x] = top + down * (bottom - top);
            }
        }
        return plane;
    }

    /** Returns independent values from -1 to 1. */
    static float[] white(int pixels, RandomGenerator random) {
        float[] plane = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            plane[i] = 2 * random.nextFloat() - 1;
        }
        return plane;
    }
}
