package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Cliparts: the drawing unchanged on white, with a flat shadow. */
final class Cliparts {
    private Cliparts() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        Picture picture = Backdrops.plain(side, new float[] {1, 1, 1});
        int right = Math.round((random.nextBoolean() ? 2 : -2) * unit);
        int down = Math.round(2 * unit);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float shade = object.alpha()[Filters.clamp(y - down, side) * side + Filters.clamp(x - right, side)];
                picture.mix(y * side + x, shade, 0.78f, 0.80f, 0.82f);
            }
        }
        object.over(picture);
        return picture;
    }
}
