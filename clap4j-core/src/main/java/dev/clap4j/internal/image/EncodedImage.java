package dev.clap4j.internal.image;

import java.io.IOException;

/** An image file whose header was read: its size is known, but nothing is decoded yet. */
public interface EncodedImage {
    /** Returns the width of the decoded bitmap in pixels. */
    int width();

    /** Returns the height of the decoded bitmap in pixels. */
    int height();

    /** Returns the maximum number of bytes per pixel needed for decoding, including those of the bitmap. */
    int bytesPerPixel();

    /**
     * Decodes the image.
     *
     * @throws IOException if the file is damaged or ends too early
     */
    Bitmap decode() throws IOException;
}
