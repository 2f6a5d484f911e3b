package dev.clap4j.iconworld.paint;

import dev.clap4j.iconworld.icon.Glyph;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.Scene;

/**
 * The cut-out object of a picture: its colours, and the coverage of each pixel.
 *
 * @param colours black where nothing is covered
 * @param alpha coverage from 0 to 1, {@code [side, side]}
 */
record Layer(Picture colours, float[] alpha) {
    /** The share of the tint in the drawing's colours. */
    private static final float TINT = 0.86f;

    /** Draws a glyph in its pose and colour. */
    static Layer of(Glyph glyph, Scene.Pose pose, Colour colour, int side) {
        Layer layer = new Layer(Picture.blank(side), new float[side * side]);
        double perPixel = glyph.side() / (pose.scale() * side);
        double cos = StrictMath.cos(pose.radians()) * perPixel;
        double sin = StrictMath.sin(pose.radians()) * perPixel;
        double centreX = side * (0.5 + pose.right());
        double centreY = side * (0.5 + pose.down());
        double middle = glyph.side() / 2.0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double dx = x + 0.5 - centreX;
                double dy = y + 0.5 - centreY;
                double u = cos * dx + sin * dy;
                double v = cos * dy - sin * dx;
                layer.sample(y * side + x, glyph, middle + (pose.mirrored() ? -u : u), middle + v);
            }
        }
        if (colour.isTint()) {
            layer.tint(Tones.rgb(colour.rgb()));
        }
        return layer;
    }

    /** Samples the glyph bilinearly on premultiplied values; outside it, everything is transparent. */
    private void sample(int at, Glyph glyph, double u, double v) {
        int left = (int) Math.floor(u - 0.5);
        int top = (int) Math.floor(v - 0.5);
        float right = (float) (u - 0.5 - left);
        float down = (float) (v - 0.5 - top);
        int a = argb(glyph, left, top);
        int b = argb(glyph, left + 1, top);
        int c = argb(glyph, left, top + 1);
        int d = argb(glyph, left + 1, top + 1);
        if ((a | b | c | d) == 0) {
            return;
        }
        float wa = (1 - right) * (1 - down);
        float wb = right * (1 - down);
        float wc = (1 - right) * down;
        float wd = right * down;
        float covered = mean(24, a, b, c, d, wa, wb, wc, wd);
        if (covered < 0.5f) {
            return;
        }
        alpha[at] = covered / 255;
        for (int channel = 0; channel < 3; channel++) {
            float value = mean(16 - 8 * channel, a, b, c, d, wa, wb, wc, wd);
            colours.planes()[channel][at] = Math.min(1, value / covered);
        }
    }

    private static int argb(Glyph glyph, int x, int y) {
        int side = glyph.side();
        return x < 0 || y < 0 || x >= side || y >= side ? 0 : glyph.argb()[y * side + x];
    }

    private static float mean(int shift, int a, int b, int c, int d, float wa, float wb, float wc, float wd) {
        return wa * (a >>> shift & 0xFF)
                + wb * (b >>> shift & 0xFF)
                + wc * (c >>> shift & 0xFF)
                + wd * (d >>> shift & 0xFF);
    }

    /** Tints a colour: dark parts become a deep shade of the tint, light ones a pale one. */
    private void tint(float[] colour) {
        for (int i = 0; i < alpha.length; i++) {
            if (alpha[i] == 0) {
                continue;
            }
            float light = colours.luminance(i);
            float[] toned = new float[3];
            for (int channel = 0; channel < 3; channel++) {
                float tone = colour[channel];
                toned[channel] =
                        light < 0.5f ? tone * (0.55f + 0.9f * light) : tone + (1 - tone) * (light - 0.5f) * 1.3f;
            }
            colours.mix(i, TINT, toned[0], toned[1], toned[2]);
        }
    }

    /** Puts the object in front of a picture. */
    void over(Picture picture) {
        for (int i = 0; i < alpha.length; i++) {
            float[][] planes = colours.planes();
            picture.mix(i, alpha[i], planes[0][i], planes[1][i], planes[2][i]);
        }
    }
}
