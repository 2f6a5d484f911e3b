package dev.clap4j;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.image.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An image to encode, from a file, bytes, a stream or memory. JPEG, PNG, WebP, GIF, BMP, TIFF, Netpbm, ICO and TGA are
 * supported, regardless of the file name. Files are decoded only when they are encoded.
 *
 * <p>Immutable and thread-safe.
 */
public final class Image {
    private final String id;
    private final Source source;

    private Image(String id, Source source) {
        this.id = id;
        this.source = source;
    }

    /** Supplies the pixels that a model takes, {@code [3, size, size]}. */
    @FunctionalInterface
    private interface Source {
        byte[] pixels(String id, Preprocessing preprocessing, DecodeOptions options);
    }

    /** Creates an image from a file; its id is the path. The file is read each time the image is encoded. */
    public static Image of(Path file) {
        return new Image(file.toString(), (id, preprocessing, options) -> preprocessing.pixels(file, options));
    }

    /**
     * Creates an image from the content of an image file.
     *
     * @param bytes copied
     */
    public static Image of(byte[] bytes) {
        return ofOwned(bytes.clone());
    }

    private static Image ofOwned(byte[] bytes) {
        return new Image(
                "the image",
                (id, preprocessing, options) -> ImageDecoder.decode(bytes, id, options, preprocessing::pixels));
    }

    /**
     * Creates an image from a stream with the content of an image file. The stream is read to its end, but not closed.
     *
     * @throws ClapException if it cannot be read, or has more than a gigabyte
     */
    public static Image of(InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(ImageDecoder.MAX_FILE_BYTES + 1);
            if (bytes.length > ImageDecoder.MAX_FILE_BYTES) {
                throw new ClapException(
                        "The image has more than " + ImageDecoder.MAX_FILE_BYTES + " bytes, which is the limit");
            }
            return ofOwned(bytes);
        } catch (IOException e) {
            throw new ClapException("Cannot read the image: " + e.getMessage(), e);
        }
    }

    /**
     * Creates an image from an image in memory.
     *
     * @param image copied; transparency and grey values are treated like those of an image file
     */
    public static Image of(BufferedImage image) {
        Bitmap bitmap = Bitmap.of(image);
        return new Image("the image", (id, preprocessing, options) -> preprocessing.pixels(bitmap));
    }

    /**
     * Returns all image files below a folder, ordered by path; files and folders whose names begin with a dot are
     * skipped.
     *
     * @throws ClapException if the folder does not exist, cannot be read or contains no images
     */
    public static Stream<Image> find(Path folder) {
        return ImageFiles.list(folder).stream().map(Image::of);
    }

    /** Returns this image with another id. */
    public Image named(String other) {
        return new Image(other, source);
    }

    /** Returns the image's name in results and messages. */
    public String id() {
        return id;
    }

    /**
     * Returns the preprocessed pixels, {@code [3, size, size]}.
     *
     * @throws ClapException if the image cannot be decoded
     */
    byte[] pixels(Preprocessing preprocessing, DecodeOptions options) {
        return source.pixels(id, preprocessing, options);
    }

    @Override
    public String toString() {
        return id;
    }
}
