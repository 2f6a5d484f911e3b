package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.EOFException;
import java.io.IOException;

/** The largest image of a Windows icon: a PNG file, or a Windows bitmap followed by an opacity mask. */
final class IcoFile implements EncodedImage {
    private static final int HEADER = 6;
    private static final int ENTRY = 16;
    private static final long PNG = 0x0A1A0A0D474E5089L;

    private final Bytes bytes;
    private final Entry entry;
    private final EncodedImage image;

    private record Entry(int width, int height, int depth, int bits, long size, long offset) {
        static Entry read(Bytes bytes, int at) throws IOException {
            int width = bytes.u8(at) == 0 ? 256 : bytes.u8(at);
            int height = bytes.u8(at + 1) == 0 ? 256 : bytes.u8(at + 1);
            int colours = bytes.u8(at + 2);
            int bits = bytes.u16(at + 6);
            int depth = bits != 0 ? bits : colours > 1 ? 32 - Integer.numberOfLeadingZeros(colours - 1) : 256;
            return new Entry(width, height, depth, bits, bytes.u32(at + 8), bytes.u32(at + 12));
        }

        /**
         * Returns whether this entry is preferred: larger, or of the same size with fewer colours, as Pillow chooses.
         */
        boolean isBefore(Entry other) {
            int area = width * height;
            int otherArea = other.width * other.height;
            return area > otherArea || (area == otherArea && depth < other.depth);
        }
    }

    private IcoFile(Bytes bytes) throws IOException {
        this.bytes = bytes;
        Entry best = null;
        for (int i = 0; i < bytes.u16(4); i++) {
            Entry next = Entry.read(bytes, HEADER + i * ENTRY);
            best = best == null || next.isBefore(best) ? next : best;
        }
        if (best == null) {
            throw new IOException("it has no image");
        }
        entry = best;
        int at = bytes.require(best.offset, 8);
        image = bytes.i64(at) == PNG ? PngFile.read(bytes.data(), at) : BmpFile.readHeadless(bytes, at);
    }

    static IcoFile read(byte[] file) throws IOException {
        return new IcoFile(Bytes.littleEndian(file));
    }

    @Override
    public int width() {
        return image.width();
    }

    /** Returns the height; that of a bitmap includes the rows of its mask. */
    @Override
    public int height() {
        return image instanceof BmpFile ? image.height() / 2 : image.height();
    }

    @Override
    public int bytesPerPixel() {
        return image.bytesPerPixel() + 4;
    }

    @Override
    public Bitmap decode() throws IOException {
        return image instanceof BmpFile bitmap ? withOpacity(bitmap) : image.decode();
    }

    private Bitmap withOpacity(BmpFile bitmap) throws IOException {
        byte[] rgb = bitmap.decode(height()).toRgb().samples();
        int width = width();
        byte[] samples = new byte[rgb.length / 3 * 4];
        boolean inPixels = entry.bits == 32;
        if (inPixels && bitmap.bits() != 32) {
            throw new IOException("its image has " + bitmap.bits() + " bits instead of 32");
        }
        int stride = inPixels ? width * 4 : (width + 31) / 32 * 4;
        long start = inPixels ? bitmap.data() : entry.offset + entry.size - (long) stride * height();
        bytes.require(start, (long) stride * height());
        for (int i = 0; i < rgb.length / 3; i++) {
            System.arraycopy(rgb, i * 3, samples, i * 4, 3);
            int row = (int) start + (height() - 1 - i / width) * stride;
            samples[i * 4 + 3] = (byte) opacity(row, i % width, inPixels);
        }
        return Bitmap.of(PixelMode.RGBA, width, height(), samples);
    }

    /** Returns a pixel's opacity: its last byte, or a mask bit that is set for transparent pixels. */
    private int opacity(int row, int x, boolean inPixels) throws EOFException {
        if (inPixels) {
            return bytes.u8(row + x * 4L + 3);
        }
        return (bytes.u8(row + (x >> 3)) >> (7 - (x & 7)) & 1) == 0 ? 255 : 0;
    }
}
