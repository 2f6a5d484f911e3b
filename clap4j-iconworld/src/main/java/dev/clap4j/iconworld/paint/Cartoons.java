package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Cartoons: a few flat tones, a thick outline, rays or dots on a bright background. */
final class Cartoons {
    private static final int TONES = 4;

    private Cartoons() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        double hue = random.nextDouble();
        Picture picture = Backdrops.plain(side, Tones.hsb(hue, 0.45, 0.98));
        dots(picture, Tones.hsb(hue, 0.2, 1), unit);
        float[] outline = Filters.dilate(object.alpha(), side, 1.6f * unit);
        float[] inner = Filters.edges(object.colours().luminance(), side);
        for (float[] plane : object.colours().planes()) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = Tones.posterize(plane[i], TONES);
            }
        }
        for (int i = 0; i < picture.pixels(); i++) {
            picture.mix(i, outline[i], 0.06f, 0.05f, 0.08f);
        }
        object.over(picture);
        for (int i = 0; i < picture.pixels(); i++) {
            picture.mix(i, object.alpha()[i] * Tones.smooth(0.3f, 0.7f, inner[i]), 0.06f, 0.05f, 0.08f);
        }
        return picture;
    }

    private static void dots(Picture picture, float[] colour, float unit) {
        int side = picture.side();
        float period = 6 * unit;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float dx = x % period - period / 2;
                float dy = y % period - period / 2;
                if (dx * dx + dy * dy < 3.2f * unit * unit) {
                    picture.set(y * side + x, colour[0], colour[1], colour[2]);
                }
            }
        }
    }
}
