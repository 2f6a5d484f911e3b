package dev.clap4j.training;

/**
 * An image, or a view of it.
 *
 * @param image how the image is called within its folder: the path from there, with slashes
 * @param number which of its views; {@link #NONE} for the image itself
 */
public record ImageView(String image, int number) {
    /** In the place of a view's number: no view, the image as it is. */
    public static final int NONE = -1;

    /** An image as it is. */
    static ImageView plain(String image) {
        return new ImageView(image, NONE);
    }

    /** Whether it is the image as it is. */
    public boolean isPlain() {
        return number == NONE;
    }
}
