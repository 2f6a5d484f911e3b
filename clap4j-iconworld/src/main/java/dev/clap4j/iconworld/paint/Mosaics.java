package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Mosaics: small square tiles of slightly different shades, with grout between them. */
final class Mosaics {
    private Mosaics() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        double hue = random.nextDouble();
        Picture picture = Backdrops.plain(side, Tones.hsb(hue, 0.3, 0.9));
        Backdrops.cloud(picture, Tones.hsb(hue + 0.1, 0.35, 0.8), 16 * unit, random);
        object.over(picture);
        int tile = Math.max(2, Math.round(3 * unit));
        int grout = Math.max(1, tile / 5);
        int shiftX = random.nextInt(tile);
        int shiftY = random.nextInt(tile);
        for (int top = -shiftY; top < side; top += tile) {
            for (int left = -shiftX; left < side; left += tile) {
                lay(picture, left, top, tile, grout, 1 + 0.16f * (random.nextFloat() - 0.5f));
            }
        }
        return picture;
    }

    private static void lay(Picture picture, int left, int top, int tile, int grout, float shade) {
        int side = picture.side();
        int right = Math.min(side, left + tile);
        int bottom = Math.min(side, top + tile);
        for (float[] plane : picture.planes()) {
            float sum = 0;
            int count = 0;
            for (int y = Math.max(0, top); y < bottom; y++) {
                for (int x = Math.max(0, left); x < right; x++) {
                    sum += plane[y * side + x];
                    count++;
                }
            }
            float mean = sum / Math.max(1, count) * shade;
            for (int y = Math.max(0, top); y < bottom; y++) {
                for (int x = Math.max(0, left); x < right; x++) {
                    boolean between = x - left >= tile - grout || y - top >= tile - grout;
                    plane[y * side + x] = between ? 0.55f * mean + 0.12f : mean;
                }
            }
        }
    }
}
