package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** The backgrounds of pictures. */
final class Backdrops {
    private Backdrops() {}

    /** Fills a picture with one colour. */
    static Picture plain(int side, float[] colour) {
        Picture picture = Picture.blank(side);
        for (int i = 0; i < picture.pixels(); i++) {
            picture.set(i, colour[0], colour[1], colour[2]);
        }
        return picture;
    }

    /** Fills a picture with a gradient in a random direction. */
    static Picture gradient(int side, float[] from, float[] to, RandomGenerator random) {
        Picture picture = plain(side, from);
        double turn = 2 * Math.PI * random.nextDouble();
        float right = (float) StrictMath.cos(turn);
        float down = (float) StrictMath.sin(turn);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float along = 0.5f + 0.7f * (right * (x / (float) side - 0.5f) + down * (y / (float) side - 0.5f));
                picture.mix(y * side + x, Tones.clamp(along), to[0], to[1], to[2]);
            }
        }
        return picture;
    }

    /** Adds clouds of a colour. */
    static void cloud(Picture picture, float[] colour, float period, RandomGenerator random) {
        float[] noise = Noise.smooth(picture.side(), period, random);
        for (int i = 0; i < picture.pixels(); i++) {
            picture.mix(i, Tones.smooth(0.35f, 0.75f, noise[i]), colour[0], colour[1], colour[2]);
        }
    }

    /** Adds a disc with a soft edge, one pixel wide. */
    static void disc(Picture picture, float centreX, float centreY, float radius, float[] colour, float share) {
        int side = picture.side();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float dx = x + 0.5f - centreX;
                float dy = y + 0.5f - centreY;
                float inside = Tones.clamp(radius - (float) Math.sqrt(dx * dx + dy * dy) + 0.5f);
                picture.mix(y * side + x, share * inside, colour[0], colour[1], colour[2]);
            }
        }
    }

    /** Adds a rectangle from (left, top) to (right, bottom), in whole pixels. */
    static void box(Picture picture, float left, float top, float right, float bottom, float[] colour) {
        int side = picture.side();
        for (int y = Math.max(0, (int) top); y < Math.min(side, (int) bottom); y++) {
            for (int x = Math.max(0, (int) left); x < Math.min(side, (int) right); x++) {
                picture.set(y * side + x, colour[0], colour[1], colour[2]);
            }
        }
    }
}
