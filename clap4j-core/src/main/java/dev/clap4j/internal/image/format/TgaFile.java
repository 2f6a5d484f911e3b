package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.IOException;

/**
 * A Truevision TGA file, plain or run-length encoded: 8-bit grey, or 16 bits with opacity; 16-, 24- or 32-bit colours;
 * 8-bit indices.
 */
final class TgaFile implements EncodedImage {
    private static final int HEADER = 18;
    private static final int RUN_LENGTHS = 8;

    private final Bytes bytes;
    private final int kind;
    private final boolean hasPalette;

    private TgaFile(Bytes bytes) throws IOException {
        this.bytes = bytes;
        kind = bytes.u8(2);
        hasPalette = bytes.u8(1) == 1;
        bytes.require(0, HEADER);
        if (!isPlausible(bytes.data()) || mode() == null) {
            throw new UnsupportedImageException("it is a TGA file of kind " + kind + " with " + depth()
                    + " bits, which is not supported; convert it to PNG");
        }
    }

    /** Returns whether a file may be a TGA, which cannot be told for certain. */
    static boolean isPlausible(byte[] file) {
        if (file.length < HEADER) {
            return false;
        }
        int kind = file[2] & ~RUN_LENGTHS;
        return (file[1] & ~1) == 0 && kind >= 1 && kind <= 3 && (file[17] & 0xC0) == 0;
    }

    static TgaFile read(byte[] file) throws IOException {
        return new TgaFile(Bytes.littleEndian(file));
    }

    private int depth() {
        return bytes.data()[16] & 0xFF;
    }

    private PixelMode mode() {
        return switch ((kind & 7) * 100 + depth()) {
            case 108 -> hasPalette ? PixelMode.P : null;
            case 216, 232 -> PixelMode.RGBA;
            case 224 -> PixelMode.RGB;
            case 308 -> PixelMode.L;
            case 316 -> PixelMode.LA;
            default -> null;
        };
    }

    @Override
    public int width() {
        return (bytes.data()[12] & 0xFF) | (bytes.data()[13] & 0xFF) << 8;
    }

    @Override
    public int height() {
        return (bytes.data()[14] & 0xFF) | (bytes.data()[15] & 0xFF) << 8;
    }

    @Override
    public int bytesPerPixel() {
        return mode().bytes() + depth() / 8;
    }

    @Override
    public Bitmap decode() throws IOException {
        int at = HEADER + bytes.u8(0);
        byte[] palette = null;
        if (hasPalette) {
            int entry = (bytes.u8(7) + 7) / 8;
            palette = palette(at, bytes.u16(3), bytes.u16(5), bytes.u8(7));
            at += bytes.u16(5) * entry;
        }
        int pixel = depth() / 8;
        byte[] stored = new byte[Math.multiplyExact(Math.multiplyExact(width(), height()), pixel)];
        if ((kind & RUN_LENGTHS) != 0) {
            runs(at, stored, pixel);
        } else {
            System.arraycopy(bytes.data(), bytes.require(at, stored.length), stored, 0, stored.length);
        }
        byte[] samples = placed(stored, pixel);
        return mode() == PixelMode.P
                ? Bitmap.ofPalette(width(), height(), samples, palette)
                : Bitmap.of(mode(), width(), height(), samples);
    }

    private byte[] palette(int at, int first, int n, int depth) throws IOException {
        if (depth != 16 && depth != 24 && depth != 32) {
            throw new IOException("a palette of " + depth + " bits");
        }
        int entry = depth / 8;
        int there = Math.min(n, Math.max(0, bytes.length() - at) / entry);
        byte[] palette = new byte[Math.min(256, first + there) * 3];
        byte[] colour = new byte[4];
        for (int i = first; i < palette.length / 3; i++) {
            colour(bytes.data(), at + (i - first) * entry, entry, colour, 0);
            System.arraycopy(colour, 0, palette, i * 3, 3);
        }
        return palette;
    }

    /** Reads packets, which repeat a pixel or hold up to 128 of them. */
    private void runs(int start, byte[] out, int pixel) throws IOException {
        int at = start;
        for (int o = 0; o < out.length; ) {
            int header = bytes.u8(at++);
            int n = Math.min(((header & 127) + 1) * pixel, out.length - o);
            boolean repeats = header >= 128;
            bytes.require(at, repeats ? pixel : n);
            for (int i = 0; i < n; i++) {
                out[o++] = bytes.data()[at + (repeats ? i % pixel : i)];
            }
            at += repeats ? pixel : n;
        }
    }

    /** Returns the samples in the order of the mode, with rows from the top and pixels from the left. */
    private byte[] placed(byte[] stored, int pixel) throws IOException {
        int width = width();
        int height = height();
        int bands = mode().bytes();
        boolean fromTop = (bytes.u8(17) & 0x20) != 0;
        boolean fromRight = (bytes.u8(17) & 0x10) != 0;
        byte[] samples = new byte[width * height * bands];
        for (int y = 0, i = 0; y < height; y++) {
            int row = fromTop ? y : height - 1 - y;
            for (int x = 0; x < width; x++, i += pixel) {
                int o = (row * width + (fromRight ? width - 1 - x : x)) * bands;
                if ((kind & 7) == 2) {
                    colour(stored, i, pixel, samples, o);
                } else {
                    System.arraycopy(stored, i, samples, o, pixel);
                }
            }
        }
        return samples;
    }

    /**
     * Converts blue, green, red and, except for 24 bits, opacity to RGB(A); 16-bit pixels have five bits per colour and
     * one of opacity.
     */
    private static void colour(byte[] in, int from, int pixel, byte[] out, int to) {
        if (pixel > 2) {
            out[to] = in[from + 2];
            out[to + 1] = in[from + 1];
            out[to + 2] = in[from];
            if (pixel == 4) {
                out[to + 3] = in[from + 3];
            }
            return;
        }
        int value = (in[from] & 0xFF) | (in[from + 1] & 0xFF) << 8;
        for (int c = 0; c < 3; c++) {
            out[to + c] = (byte) ((value >> (10 - 5 * c) & 31) * 255 / 31);
        }
        out[to + 3] = (byte) (value >> 15 == 0 ? 255 : 0);
    }
}
