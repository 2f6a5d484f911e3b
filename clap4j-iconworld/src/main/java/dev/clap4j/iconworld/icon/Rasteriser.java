package dev.clap4j.iconworld.icon;

/**
 * The rasteriser of the icons, Java2D. Versions of Java outline strokes differently: of the 336 drawings with strokes,
 * 117 differ in some pixels between Java 17 and 25. The other drawings, and everything painted from drawings, do not
 * depend on the version.
 */
public final class Rasteriser {
    private Rasteriser() {}

    /** Returns the version of Java, {@code "17"}; pictures may differ between versions. */
    public static String version() {
        return String.valueOf(Runtime.version().feature());
    }
}
