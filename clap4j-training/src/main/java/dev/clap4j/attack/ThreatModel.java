package dev.clap4j.attack;

import dev.clap4j.internal.image.Preprocessing;
import java.util.stream.IntStream;

/** The representation of images that an attacker may change, and its bounds. */
public enum ThreatModel {
    /** Pixel values between 0 and 1 before normalisation, the usual definition of adversarial images. */
    PIXEL,
    /**
     * The normalised image, clamped to between 0 and 1 although most of its values lie outside, as in the published
     * results. The clamp alone changes an image far more than epsilon.
     */
    OFFICIAL;

    private static final float LEVELS = 255;

    /**
     * Converts images from the form of this threat model to pixel values, between 0 and 1 for valid images.
     *
     * @param images {@code [b, 3, size, size]}, in row-major order
     */
    public float[] pixels(float[] images, Preprocessing preprocessing) {
        float[] pixels = images.clone();
        if (this == OFFICIAL) {
            int plane = preprocessing.size() * preprocessing.size();
            float[] mean = preprocessing.mean();
            float[] std = preprocessing.std();
            for (int i = 0; i < pixels.length; i++) {
                int colour = i / plane % 3;
                pixels[i] = pixels[i] * std[colour] + mean[colour];
            }
        }
        return pixels;
    }

    /** Converts epsilon to levels of an 8-bit image, for red, green and blue. */
    public double[] levels(double epsilon, Preprocessing preprocessing) {
        float[] std = preprocessing.std();
        return IntStream.range(0, std.length)
                .mapToDouble(colour -> epsilon * LEVELS * (this == OFFICIAL ? std[colour] : 1))
                .toArray();
    }
}
