package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Infographs: the object on a round badge, among bars, rules and lines of text. */
final class Infographs {
    private Infographs() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        double hue = random.nextDouble();
        Picture picture = Backdrops.plain(side, Tones.hsb(hue, 0.06, 0.97));
        rule(picture, Tones.hsb(hue, 0.12, 0.86), 8 * unit);
        bars(picture, hue, unit, random);
        text(picture, Tones.hsb(hue, 0.5, 0.35), unit, random);
        Backdrops.disc(picture, side / 2f, side / 2f, 27 * unit, Tones.hsb(hue + 0.5, 0.28, 0.95), 0.85f);
        object.over(picture);
        return picture;
    }

    private static void rule(Picture picture, float[] colour, float period) {
        for (float at = period; at < picture.side(); at += period) {
            Backdrops.box(picture, 0, at, picture.side(), at + 1, colour);
            Backdrops.box(picture, at, 0, at + 1, picture.side(), colour);
        }
    }

    private static void bars(Picture picture, double hue, float unit, RandomGenerator random) {
        int side = picture.side();
        for (int bar = 0; bar < 7; bar++) {
            float height = unit * (8 + 34 * random.nextFloat());
            float left = unit * (2 + 9 * bar);
            Backdrops.box(picture, left, side - height, left + 6 * unit, side, Tones.hsb(hue + 0.06 * bar, 0.55, 0.8));
        }
    }

    private static void text(Picture picture, float[] colour, float unit, RandomGenerator random) {
        for (int line = 0; line < 3; line++) {
            float top = unit * (2 + 4 * line);
            Backdrops.box(
                    picture, 3 * unit, top, unit * (20 + 40 * random.nextFloat()), top + Math.max(1, unit), colour);
        }
    }
}
