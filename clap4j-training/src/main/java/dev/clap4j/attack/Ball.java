package dev.clap4j.attack;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Where an attack stays: no value further than epsilon from the original's (L∞), and all between 0 and 1.
 *
 * @param centre the original images {@code [b, 3, size, size]}, as the threat model sees them
 * @param epsilon the radius, in the threat model's units
 */
record Ball(Tensor centre, double epsilon) {
    /** The images brought back into the ball, then between 0 and 1. */
    Tensor project(Tensor images) {
        Tensor change = images.sub(centre).clamp(bound(-epsilon), bound(epsilon));
        return clamp(centre.add(change));
    }

    /** The images between 0 and 1. */
    static Tensor clamp(Tensor images) {
        return images.clamp(bound(0), bound(1));
    }

    /** Where a random start leads. */
    Tensor start(Tensor noise) {
        return clamp(centre.add(noise));
    }

    /** The ball around some of the images. */
    Ball around(Tensor someImages) {
        return new Ball(someImages, epsilon);
    }

    private static ScalarOptional bound(double value) {
        return new ScalarOptional(new Scalar(value));
    }
}
