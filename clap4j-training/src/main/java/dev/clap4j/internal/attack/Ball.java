package dev.clap4j.internal.attack;

/**
 * The set of images in which every value is within epsilon of the original (L∞) and between 0 and 1.
 *
 * @param centre the original images {@code [b, 3, size, size]}, in the form of the threat model
 * @param epsilon the radius, in the units of the threat model
 */
record Ball(float[] centre, double epsilon) {
    /** Projects a value onto the ball, then clamps it to between 0 and 1. */
    float project(int index, float value) {
        float radius = (float) epsilon;
        return clamp(centre[index] + Math.max(-radius, Math.min(radius, value - centre[index])));
    }

    /** Clamps a value to between 0 and 1. */
    static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }

    /** Clamps values to between 0 and 1. */
    static float[] clamp(float[] values) {
        float[] clamped = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            clamped[i] = clamp(values[i]);
        }
        return clamped;
    }
}
