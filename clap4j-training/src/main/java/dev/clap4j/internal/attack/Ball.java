package dev.clap4j.internal.attack;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The set of images in which every value is within epsilon of the original (L∞) and between 0 and 1.
 *
 * @param centre the original images {@code [b, 3, size, size]}, in the form of the threat model
 * @param epsilon the radius, in the units of the threat model
 */
record Ball(Tensor centre, double epsilon) {
    /** Projects images onto the ball, then clamps them to between 0 and 1. */
    Tensor project(Tensor images) {
        Tensor change = images.sub(centre).clamp(bound(-epsilon), bound(epsilon));
        return clamp(centre.add(change));
    }

    /** Clamps images to between 0 and 1. */
    static Tensor clamp(Tensor images) {
        return images.clamp(bound(0), bound(1));
    }

    /** Returns the original images plus noise, clamped to between 0 and 1. */
    Tensor start(Tensor noise) {
        return clamp(centre.add(noise));
    }

    /** Returns a ball of the same radius around other images. */
    Ball around(Tensor someImages) {
        return new Ball(someImages, epsilon);
    }

    private static ScalarOptional bound(double value) {
        return new ScalarOptional(new Scalar(value));
    }
}
