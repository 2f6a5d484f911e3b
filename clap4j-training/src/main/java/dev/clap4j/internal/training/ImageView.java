package dev.clap4j.internal.training;

/**
 * An image or an augmented view of it.
 *
 * @param image the path of the image within its folder, with slashes
 * @param number the number of the view; {@link #NONE} for the image itself
 */
public record ImageView(String image, int number) {
    /** The view number that denotes the image itself. */
    public static final int NONE = -1;

    /** Returns the image itself. */
    static ImageView plain(String image) {
        return new ImageView(image, NONE);
    }

    /** Returns whether this is the image itself. */
    public boolean isPlain() {
        return number == NONE;
    }
}
