package dev.clap4j.iconworld.icon;

/**
 * What turns the icons into pixels: Java2D. It outlines strokes in another way from one version of Java to another, so that
 * of the 336 drawings that have strokes 117 differ in some pixels between Java 17 and 25; the others, and all that is painted
 * from drawings, do not depend on it. Pictures are the same where the version is.
 */
public final class Rasteriser {
    private Rasteriser() {}

    /** The version of Java, {@code "17"}: pictures of another one may be different. */
    public static String version() {
        return String.valueOf(Runtime.version().feature());
    }
}
