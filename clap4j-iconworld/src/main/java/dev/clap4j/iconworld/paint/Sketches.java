package dev.clap4j.iconworld.paint;

import java.util.random.RandomGenerator;

/** Pencil sketches on paper: lines along the edges, hatching in the dark parts, a thin wash of colour. */
final class Sketches {
    private Sketches() {}

    static Picture paint(Layer object, float unit, RandomGenerator random) {
        int side = object.colours().side();
        float[] paper = Tones.hsb(0.1, 0.02 + 0.08 * random.nextDouble(), 0.93 + 0.05 * random.nextDouble());
        Picture picture = Backdrops.plain(side, paper);
        Picture onPaper = Backdrops.plain(side, paper);
        object.over(onPaper);
        float[] tones = onPaper.luminance();
        float[] inner = Filters.edges(tones, side);
        float[] outer = Filters.edges(object.alpha(), side);
        float[] pressure = Noise.smooth(side, 5 * unit, random);
        boolean falling = random.nextBoolean();
        int period = Math.max(2, Math.round(3 * unit));
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                float[][] wash = object.colours().planes();
                picture.mix(i, 0.22f * object.alpha()[i], wash[0][i], wash[1][i], wash[2][i]);
                float line = Tones.clamp(1.3f * inner[i] + 0.8f * outer[i]) * (0.65f + 0.5f * pressure[i]);
                int stripe = Math.floorMod(falling ? x - y : x + y, period);
                float hatch = stripe == 0 ? object.alpha()[i] * Tones.clamp(1.2f * (0.75f - tones[i])) : 0;
                float dark = Tones.clamp(Math.max(line, hatch));
                picture.mix(
                        i, dark, 0.15f + 0.25f * wash[0][i], 0.15f + 0.25f * wash[1][i], 0.17f + 0.25f * wash[2][i]);
            }
        }
        return picture;
    }
}
