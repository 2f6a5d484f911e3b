package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.Orientation;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.format.UnsupportedImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first image of a TIFF or BigTIFF file, rotated by its orientation tag, as Pillow does for this format only. */
public final class TiffFile implements EncodedImage {
    private static final Pattern XMP_ORIENTATION = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

    private final TiffDirectory directory;
    private final int width;
    private final int height;
    private final int orientation;
    private final TiffSamples samples;
    private final Segments segments;

    private TiffFile(TiffDirectory directory) throws IOException {
        this.directory = directory;
        width = directory.number(Tag.WIDTH, 0);
        height = directory.number(Tag.HEIGHT, 0);
        orientation = orientation(directory);
        int photometric = directory.number(Tag.PHOTOMETRIC, TiffSamples.WHITE_IS_ZERO);
        Packing packing = Packing.of(directory);
        samples = TiffSamples.of(directory, photometric, packing == Packing.JPEG);
        segments = width < 1 || height < 1 ? null : Segments.of(directory, width, height, samples, packing);
    }

    /** Returns whether a file starts with a TIFF signature. */
    public static boolean begins(String head) {
        return head.startsWith("II*\0")
                || head.startsWith("MM\0*")
                || head.startsWith("II+\0")
                || head.startsWith("MM\0+");
    }

    /**
     * Reads the first directory.
     *
     * @throws IOException if it is malformed or ends too early
     * @throws UnsupportedImageException if its samples or their packing are unsupported
     */
    public static TiffFile read(byte[] file) throws IOException {
        return new TiffFile(TiffDirectory.read(file));
    }

    private static int orientation(TiffDirectory directory) throws IOException {
        int orientation = 1;
        if (directory.has(Tag.ORIENTATION)) {
            orientation = directory.number(Tag.ORIENTATION, 1);
        } else if (directory.has(Tag.XMP)) {
            String xmp = new String(directory.content(Tag.XMP), StandardCharsets.ISO_8859_1);
            Matcher found = XMP_ORIENTATION.matcher(xmp);
            orientation = found.find() ? Integer.parseInt(found.group(1)) : 1;
        }
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }

    @Override
    public int width() {
        return orientation >= 5 ? height : width;
    }

    @Override
    public int height() {
        return orientation >= 5 ? width : height;
    }

    @Override
    public int bytesPerPixel() {
        int bitmap = samples.mode().bytes();
        return (orientation == 1 ? bitmap : 2 * bitmap) + (samples.stored() * samples.bits() + 7) / 8;
    }

    @Override
    public Bitmap decode() throws IOException {
        byte[] palette = samples.mode() == PixelMode.P ? palette() : null;
        byte[] out = new byte
                [Math.multiplyExact(
                        Math.multiplyExact(width, height), samples.mode().bytes())];
        segments.read(out);
        if (samples.premultiplied()) {
            unpremultiply(out);
        }
        Bitmap bitmap = palette == null
                ? Bitmap.of(samples.mode(), width, height, out)
                : Bitmap.ofPalette(width, height, out, palette);
        return Orientation.apply(bitmap, orientation);
    }

    /** Returns red of every index, then green, then blue, 16 bits each, of which the high byte is used. */
    private byte[] palette() throws IOException {
        long[] map = directory.numbers(Tag.COLOUR_MAP);
        int n = map.length / 3;
        if (n == 0) {
            throw new IOException("its palette is missing");
        }
        n = Math.min(n, 256);
        byte[] palette = new byte[3 * n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                palette[i * 3 + c] = (byte) (map[c * (map.length / 3) + i] >> 8);
            }
        }
        return palette;
    }

    private static void unpremultiply(byte[] rgba) {
        for (int i = 0; i < rgba.length; i += 4) {
            int alpha = rgba[i + 3] & 0xFF;
            for (int c = i; c < i + 3; c++) {
                rgba[c] = (byte) (alpha == 0 ? 0 : Math.min(255, (rgba[c] & 0xFF) * 255 / alpha));
            }
        }
    }
}
