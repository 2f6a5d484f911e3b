package dev.clap4j.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.clap4j.ClapException;
import dev.clap4j.io.FileContents;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import javax.imageio.ImageReader;

/**
 * Image files to bitmaps: JPEG, PNG, WebP, GIF (its first frame), BMP and TIFF, in the mode that Pillow gives them.
 *
 * <p>Samples are those that Pillow decodes, JPEG included, but for lossy WebP: its decoder spreads colours in another way
 * than libwebp, and its samples are a few levels off.
 *
 * <p>The size that a file claims is checked before anything is decoded. Colour profiles are ignored, as Pillow does.
 */
public final class ImageDecoder {
    private static final int MAX_FILE_BYTES = 1 << 30;

    private ImageDecoder() {}

    /**
     * Decodes a file.
     *
     * @throws ClapException if it cannot be read, is no image of a known kind, too large or damaged
     */
    public static Bitmap decode(Path path, DecodeOptions options) {
        byte[] file = read(path);
        if (ImageFormat.of(file).isEmpty()) {
            throw new ClapException("Cannot decode " + path + ": it should be a " + ImageFormat.KNOWN
                    + " image, but it is " + FileContents.guess(path).orElse("something else"));
        }
        return decode(file, path.toString(), options);
    }

    private static byte[] read(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new ClapException("Cannot read " + path + ": it is a folder, not an image");
            }
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new ClapException("Cannot read " + path + ": the file has " + Files.size(path)
                        + " bytes, the limit for an image is " + MAX_FILE_BYTES);
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new ClapException("Cannot read " + path + ": there is no such file", e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + e, e);
        }
    }

    /**
     * Decodes the content of a file.
     *
     * @param name where it comes from, for error messages
     * @throws ClapException if it is no image of a known kind, too large or damaged
     */
    public static Bitmap decode(byte[] file, String name, DecodeOptions options) {
        ImageFormat format = ImageFormat.of(file)
                .orElseThrow(() ->
                        new ClapException("Cannot decode " + name + ": it is no " + ImageFormat.KNOWN + " image"));
        try {
            return switch (format) {
                case JPEG -> decodeJpeg(file, name, options);
                case PNG -> decodePng(file, name, options);
                default -> decodeOther(file, name, format, options);
            };
        } catch (IOException | RuntimeException e) {
            if (e instanceof ClapException known) {
                throw known;
            }
            throw new ClapException(
                    "Cannot decode " + name + ": the " + format + " file is damaged or incomplete (" + reason(e) + ")",
                    e);
        }
    }

    private static String reason(Throwable e) {
        if (e instanceof EOFException) {
            return "it ends too early";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.strip();
    }

    private static Bitmap decodeJpeg(byte[] file, String name, DecodeOptions options) throws IOException {
        JpegHeader header = JpegHeader.read(file);
        if (header == null) {
            throw new IOException("it ends before the header of the image");
        }
        checkSize(header.width(), header.height(), name, options);
        Bitmap bitmap = JpegDecoder.decode(file, name, header);
        return options.applyOrientation() ? Orientation.apply(bitmap, header.orientation()) : bitmap;
    }

    private static Bitmap decodePng(byte[] file, String name, DecodeOptions options) throws IOException {
        PngDecoder.Header header = PngDecoder.Header.read(file);
        checkSize(header.width(), header.height(), name, options);
        ImageReader reader = Readers.jdk(ImageFormat.PNG);
        try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(file)) {
            reader.setInput(stream, true, true);
            return PngDecoder.decode(reader.read(0), header, name);
        } finally {
            reader.dispose();
        }
    }

    private static Bitmap decodeOther(byte[] file, String name, ImageFormat format, DecodeOptions options)
            throws IOException {
        boolean gif = format == ImageFormat.GIF;
        ImageReader reader = Readers.preferred(format);
        try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(file)) {
            reader.setInput(stream, false, !gif);
            if (gif) {
                int[] screen = GifDecoder.screen(file);
                checkSize(screen[0], screen[1], name, options);
            }
            checkSize(reader.getWidth(0), reader.getHeight(0), name, options);
            return gif ? GifDecoder.decode(reader, file) : BufferedBitmaps.of(reader.read(0));
        } finally {
            reader.dispose();
        }
    }

    private static void checkSize(long width, long height, String name, DecodeOptions options) {
        if (width < 1 || height < 1) {
            throw new ClapException(
                    "Cannot decode " + name + ": it claims to have " + width + "×" + height + " pixels");
        }
        if (width * height > options.maxPixels()) {
            throw new ClapException("Refused to decode " + name + ": it claims to have " + width + "×" + height
                    + " pixels, the limit is " + options.maxPixels()
                    + " in all. If you trust it, raise the limit");
        }
    }
}
