package dev.clap4j.internal.image;

import java.io.IOException;

/** An image file whose header was read: its size is known, nothing is decoded yet. */
public interface EncodedImage {
    /** Pixels in a row of the bitmap that it decodes to. */
    int width();

    /** Rows of that bitmap. */
    int height();

    /** The bytes of memory that a pixel takes at most while it is decoded, those of the bitmap included. */
    int bytesPerPixel();

    /**
     * Decodes it.
     *
     * @throws IOException if the file is damaged or ends too early
     */
    Bitmap decode() throws IOException;
}
