package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.scene.ArtStyle;
import java.util.random.RandomGenerator;

/** The two art styles, applied to a finished picture. */
final class ArtStyles {
    private ArtStyles() {}

    static Picture apply(ArtStyle style, Picture picture, float unit, RandomGenerator random) {
        return switch (style) {
            case REALISTIC -> realistic(picture, unit);
            case IMPRESSIONISTIC -> impressionistic(picture, unit, random);
        };
    }

    /** Sharpens the picture and lights it from the upper left. */
    private static Picture realistic(Picture picture, float unit) {
        int side = picture.side();
        for (float[] plane : picture.planes()) {
            float[] soft = Filters.blur(plane, side, Math.max(1, Math.round(unit)));
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int i = y * side + x;
                    float light = 1.07f - 0.07f * (x + y) / side;
                    plane[i] = Tones.clamp((plane[i] + 0.35f * (plane[i] - soft[i])) * light);
                }
            }
        }
        return picture;
    }

    /** Paints the picture in dabs of nearby pixels, each slightly off in colour. */
    private static Picture impressionistic(Picture picture, float unit, RandomGenerator random) {
        int side = picture.side();
        float[] right = Noise.smooth(side, 2.8f * unit, random);
        float[] down = Noise.smooth(side, 2.8f * unit, random);
        float[][] drift = new float[3][];
        for (int channel = 0; channel < 3; channel++) {
            drift[channel] = Noise.smooth(side, 4 * unit, random);
        }
        float reach = 2.4f * unit;
        Picture dabs = Picture.blank(side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                int fromX = Filters.clamp(x + (int) Math.floor(reach * (right[i] - 0.5f) + 0.5f), side);
                int fromY = Filters.clamp(y + (int) Math.floor(reach * (down[i] - 0.5f) + 0.5f), side);
                int from = fromY * side + fromX;
                for (int channel = 0; channel < 3; channel++) {
                    float value = picture.planes()[channel][from];
                    dabs.planes()[channel][i] = Tones.clamp(value * 0.95f + 0.13f * (drift[channel][i] - 0.38f));
                }
            }
        }
        return dabs;
    }
}
