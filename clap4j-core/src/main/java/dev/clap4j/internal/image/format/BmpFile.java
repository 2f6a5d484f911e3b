package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A Windows bitmap: 1, 4 or 8 bits with a palette, plain or run-length encoded; 16, 24 or 32 bits, with or without
 * masks. A palette of grey levels in order is dropped.
 */
final class BmpFile implements EncodedImage {
    private static final int FILE_HEADER = 14;
    private static final int OLD_HEADER = 12;
    private static final int PLAIN = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int MASKS = 3;

    private final Bytes bytes;
    private final int width;
    private final int height;
    private final boolean topDown;
    private final int bits;
    private final int packing;
    private final PixelMode mode;
    private final byte[] palette;
    private final BmpPixels pixels;
    private final int data;

    /**
     * Reads the header.
     *
     * @param header its offset
     * @param offset the offset of the pixels; 0 if they follow the palette
     */
    private BmpFile(Bytes bytes, int header, long offset) throws IOException {
        this.bytes = bytes;
        int size = bytes.i32(header);
        if (size == OLD_HEADER) {
            width = bytes.u16(header + 4);
            height = bytes.u16(header + 6);
            topDown = false;
            bits = bytes.u16(header + 10);
            packing = PLAIN;
        } else if (size == 40 || size == 52 || size == 56 || size == 64 || size == 108 || size == 124) {
            bytes.require(header, size);
            width = bytes.i32(header + 4);
            topDown = bytes.u8(header + 11) == 0xFF;
            height = topDown ? -bytes.i32(header + 8) : bytes.i32(header + 8);
            bits = bytes.u16(header + 14);
            packing = bytes.i32(header + 16);
        } else {
            throw new IOException("unknown header of " + size + " bytes");
        }
        if (bits < 16 && bits != 1 && bits != 4 && bits != 8) {
            throw new IOException("pixels of " + bits + " bits");
        }
        int masks = packing == MASKS && size == 40 ? 12 : 0;
        int table = header + size + masks;
        long colours =
                size == OLD_HEADER || bytes.u32(header + 32) == 0 ? 1L << Math.min(bits, 32) : bytes.u32(header + 32);
        int entry = size == OLD_HEADER ? 3 : 4;
        byte[] read = new byte[0];
        if (bits <= 8) {
            if (colours > 1 << 16) {
                throw new IOException("a palette of " + colours + " colours");
            }
            read = palette(table, (int) colours, entry);
            table += (int) Math.min(colours * entry, bytes.length() - table);
        }
        boolean rle = (packing == RLE8 && bits == 8) || (packing == RLE4 && bits == 4);
        if ((packing != PLAIN && packing != MASKS && !rle) || (packing == MASKS && bits < 16)) {
            throw new IOException("packing " + packing + " of " + bits + " bits is unknown");
        }
        pixels = bits <= 8 ? null : BmpPixels.of(bits, packing == MASKS ? masks(bytes, header, size) : null);
        boolean gray = bits <= 8 && isGray(read, (int) colours);
        mode = pixels != null ? pixels.mode() : !gray ? PixelMode.P : colours == 2 ? PixelMode.ONE : PixelMode.L;
        if (gray && (colours == 2 ? bits != 1 : bits != 8)) {
            throw new IOException(colours + " grays in " + bits + " bits");
        }
        palette = read;
        boolean behindHeader = offset == header + (long) size;
        data = bytes.require(offset == 0 || (behindHeader && bits <= 8) ? table : offset, 0);
    }

    static BmpFile read(byte[] file) throws IOException {
        Bytes bytes = Bytes.littleEndian(file);
        return new BmpFile(bytes, FILE_HEADER, bytes.u32(10));
    }

    /** Reads a bitmap without a file header, as found in icons. */
    static BmpFile readHeadless(Bytes bytes, int header) throws IOException {
        return new BmpFile(bytes, header, 0);
    }

    private byte[] palette(int at, int colours, int entry) {
        int n = Math.max(0, Math.min(Math.min(colours, 256), (bytes.length() - at) / entry));
        byte[] rgb = new byte[n * 3];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[i * 3 + c] = bytes.data()[at + i * entry + 2 - c];
            }
        }
        return rgb;
    }

    /** Returns whether the palette is black and white, or maps every index to the same grey level. */
    private static boolean isGray(byte[] palette, int colours) {
        if (palette.length != 3 * colours) {
            return false;
        }
        for (int i = 0; i < palette.length; i++) {
            int gray = colours == 2 ? i / 3 * 255 : i / 3;
            if ((palette[i] & 0xFF) != gray) {
                return false;
            }
        }
        return true;
    }

    private static long[] masks(Bytes bytes, int header, int size) throws EOFException {
        long[] masks = new long[4];
        for (int i = 0; i < 3 || (i < 4 && size >= 56); i++) {
            masks[i] = bytes.u32(header + 40 + 4L * i);
        }
        return masks;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    /** Returns the offset of the pixels. */
    int data() {
        return data;
    }

    /** Returns the number of bits per pixel. */
    int bits() {
        return bits;
    }

    @Override
    public int bytesPerPixel() {
        return mode.bytes();
    }

    @Override
    public Bitmap decode() throws IOException {
        return decode(height);
    }

    /** Decodes the first rows of the file, which are the bottom ones unless it is stored top-down. */
    Bitmap decode(int rows) throws IOException {
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, rows), mode.bytes())];
        if (packing == RLE8 || packing == RLE4) {
            new BmpRuns(bytes, data, packing == RLE4).read(samples, width);
        } else {
            int stride = Math.toIntExact((((long) width * bits + 31) >> 3) & ~3L);
            bytes.require(data, (long) stride * (rows - 1) + ((long) width * bits + 7) / 8);
            for (int y = 0; y < rows; y++) {
                row(data + y * stride, samples, y * width * mode.bytes());
            }
        }
        if (!topDown) {
            flip(samples, width * mode.bytes());
        }
        return mode == PixelMode.P
                ? Bitmap.ofPalette(width, rows, samples, palette)
                : Bitmap.of(mode, width, rows, samples);
    }

    private void row(int at, byte[] samples, int out) {
        if (pixels != null) {
            pixels.row(bytes.data(), at, width, samples, out);
            return;
        }
        for (int x = 0; x < width; x++) {
            int bit = x * bits;
            int value = (bytes.data()[at + (bit >> 3)] & 0xFF) >> (8 - bits - (bit & 7)) & (1 << bits) - 1;
            samples[out + x] = (byte) (mode == PixelMode.ONE ? -value : value);
        }
    }

    private static void flip(byte[] samples, int rowLength) {
        byte[] row = new byte[rowLength];
        for (int upper = 0, lower = samples.length - rowLength; upper < lower; upper += rowLength, lower -= rowLength) {
            System.arraycopy(samples, upper, row, 0, rowLength);
            System.arraycopy(samples, lower, samples, upper, rowLength);
            System.arraycopy(row, 0, samples, lower, rowLength);
        }
    }

    @Override
    public String toString() {
        return width + "×" + height + " " + bits + " bits " + Arrays.toString(palette);
    }
}
