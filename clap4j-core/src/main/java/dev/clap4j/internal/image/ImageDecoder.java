package dev.clap4j.internal.image;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.image.format.ForeignImages;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.image.format.JpegFile;
import dev.clap4j.internal.image.format.UnsupportedImageException;
import dev.clap4j.internal.io.FileContents;
import dev.clap4j.internal.io.InputFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Decodes image files to bitmaps with the mode and samples that Pillow produces: JPEG, PNG, WebP, GIF, BMP, TIFF,
 * Netpbm, ICO and TGA. Of several images the first is used, of an icon the largest.
 *
 * <p>The declared size and the memory needed are checked before decoding. Colour profiles are ignored, as in Pillow.
 */
public final class ImageDecoder {
    /**
     * The version of the decoders' output, to be incremented whenever any pixel changes; cached features depend on it.
     */
    public static final int VERSION = 2;

    /** The size limit of image files in bytes. */
    public static final int MAX_FILE_BYTES = 1 << 30;

    /** Longer edges cannot be resized within reasonable memory. */
    private static final int MAX_EDGE = 1 << 18;

    /** Images up to this number of pixels are decoded however small the file. */
    private static final long SMALL = 1 << 23;

    /** A limit above that of the densest files: white pages of one bit per pixel, deflated, reach 8,000. */
    private static final long MAX_PIXELS_PER_BYTE = 1 << 14;

    /** The memory for converting a bitmap to another mode. */
    private static final int SPARE_BYTES_PER_PIXEL = 4;

    private ImageDecoder() {}

    /**
     * Decodes a file.
     *
     * @throws UnreadableImageException if it cannot be read, is not an image of a supported kind, is too large, or is
     *     damaged
     */
    public static Bitmap decode(Path path, DecodeOptions options) {
        return decode(path, options, Function.identity());
    }

    /**
     * Decodes a file and processes the bitmap while its memory is reserved.
     *
     * @param use processes the bitmap; its result should be much smaller than the bitmap
     * @throws UnreadableImageException if it cannot be read, is not an image of a supported kind, is too large, or is
     *     damaged
     */
    public static <T> T decode(Path path, DecodeOptions options, Function<Bitmap, T> use) {
        try {
            return decode(read(path), path.toString(), options, use);
        } catch (ClapException e) {
            throw new UnreadableImageException(e);
        }
    }

    /**
     * Decodes the content of a file.
     *
     * @param name the file's name, for error messages
     * @throws ClapException if it is not an image of a supported kind, is too large, or is damaged
     */
    public static Bitmap decode(byte[] file, String name, DecodeOptions options) {
        return decode(file, name, options, Function.identity());
    }

    private static byte[] read(Path path) {
        if (Files.isDirectory(path)) {
            throw new ClapException("Cannot read " + path + ": it is a folder, not an image");
        }
        return InputFiles.read(path, MAX_FILE_BYTES);
    }

    /**
     * Decodes the content of a file and processes the bitmap while its memory is reserved.
     *
     * @param name the file's name, for error messages
     * @param use processes the bitmap; its result should be much smaller than the bitmap
     * @throws ClapException if it is not an image of a supported kind, is too large, or is damaged
     */
    public static <T> T decode(byte[] file, String name, DecodeOptions options, Function<Bitmap, T> use) {
        ImageFormat format = ImageFormat.of(file, name).orElseThrow(() -> unknown(file, name));
        try {
            EncodedImage image = format.read(file, name);
            checkSize(image, file.length, name, options);
            long memory = (long) image.width() * image.height() * (image.bytesPerPixel() + SPARE_BYTES_PER_PIXEL);
            return DecodingMemory.with(memory, name, () -> use.apply(decode(image, options)));
        } catch (ClapException e) {
            throw e;
        } catch (UnsupportedImageException e) {
            throw new ClapException("Cannot decode " + name + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new ClapException(
                    "Cannot decode " + name + ": the " + format + " file is damaged or incomplete (" + reason(e) + ")",
                    e);
        } catch (OutOfMemoryError e) {
            throw new ClapException("Cannot decode " + name + ": there is not enough memory", e);
        }
    }

    private static Bitmap decode(EncodedImage image, DecodeOptions options) throws IOException {
        Bitmap bitmap = image.decode();
        return options.applyOrientation() && image instanceof JpegFile jpeg
                ? Orientation.apply(bitmap, jpeg.orientation())
                : bitmap;
    }

    private static ClapException unknown(byte[] file, String name) {
        return new ClapException("Cannot decode " + name + ": "
                + ForeignImages.name(file)
                        .map(kind -> "it is " + kind + ", which is not supported; convert it to JPEG or PNG")
                        .orElseGet(() -> "it should be a " + ImageFormat.KNOWN + " image, but it is "
                                + FileContents.guess(file).orElse("something else")));
    }

    private static String reason(Throwable e) {
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        if (e instanceof IndexOutOfBoundsException || e instanceof NegativeArraySizeException) {
            return "its numbers contradict each other";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }

    private static void checkSize(EncodedImage image, int fileLength, String name, DecodeOptions options) {
        long width = image.width();
        long height = image.height();
        String claim = "it claims to have " + width + "×" + height + " pixels";
        if (width < 1 || height < 1) {
            throw new ClapException("Cannot decode " + name + ": " + claim);
        }
        long pixels = width * height;
        if (pixels > options.maxPixels()) {
            throw new ClapException(
                    Problem.TOO_MANY_PIXELS,
                    "Refused to decode " + name + ": " + claim + ", the limit is " + options.maxPixels()
                            + " in all; make it smaller");
        }
        if (Math.max(width, height) > MAX_EDGE) {
            throw new ClapException(
                    "Refused to decode " + name + ": " + claim + ", and no edge may have more than " + MAX_EDGE);
        }
        if (pixels > SMALL && pixels / MAX_PIXELS_PER_BYTE > fileLength) {
            throw new ClapException("Refused to decode " + name + ": " + claim + " in " + fileLength
                    + " bytes, which is beyond what compression can do. If you trust it, save it as PNG");
        }
    }
}
