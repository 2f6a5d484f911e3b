package dev.clap4j.attack;

/** The representation of images that an attacker may change, and its bounds. */
public enum ThreatModel {
    /** Pixel values between 0 and 1 before normalisation, the usual definition of adversarial images. */
    PIXEL,
    /**
     * The normalised image, clamped to between 0 and 1 although most of its values lie outside, as in the published
     * results. The clamp alone changes an image far more than epsilon.
     */
    OFFICIAL;
}
