package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import java.io.IOException;
import java.util.Arrays;

/**
 * The first frame of a GIF file, drawn on the screen that the file describes; the screen grows if the frame extends
 * beyond it.
 */
final class GifFile implements EncodedImage {
    private static final int SCREEN = 13;
    private static final int PALETTE = 0x80;
    private static final int INTERLACED = 0x40;
    private static final int IMAGE = ',';
    private static final int EXTENSION = '!';
    private static final int TRAILER = ';';
    private static final int GRAPHIC_CONTROL = 0xF9;

    /** The interlaced passes: first row, and distance between rows. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] WHOLE = {{0, 1}};

    private final Bytes bytes;
    private final byte[] palette;
    private final int transparent;
    /** The offset of the frame's descriptor. */
    private final int frame;

    private final int left;
    private final int top;
    private final int frameWidth;
    private final int frameHeight;

    private GifFile(byte[] file) throws IOException {
        bytes = Bytes.littleEndian(file);
        int flags = bytes.u8(10);
        byte[] common = palette(SCREEN, flags);
        int background = 0;
        int at = SCREEN + common.length;
        // Anything but extensions and frames is skipped.
        for (; bytes.u8(at) != IMAGE; at++) {
            if (bytes.u8(at) == TRAILER) {
                throw new IOException("it has no frame");
            }
            if (bytes.u8(at) != EXTENSION) {
                continue;
            }
            if (bytes.u8(at + 1) == GRAPHIC_CONTROL && bytes.u8(at + 2) >= 4 && (bytes.u8(at + 3) & 1) != 0) {
                background = bytes.u8(at + 6);
            }
            at += 2;
            while (bytes.u8(at) > 0) {
                at += 1 + bytes.u8(at);
            }
        }
        frame = at;
        transparent = background;
        left = bytes.u16(at + 1);
        top = bytes.u16(at + 3);
        frameWidth = bytes.u16(at + 5);
        frameHeight = bytes.u16(at + 7);
        byte[] own = palette(at + 10, bytes.u8(at + 9));
        palette = own.length > 0 ? own : common;
        if (frameWidth == 0 || frameHeight == 0) {
            throw new IOException("its frame has " + frameWidth + "×" + frameHeight + " pixels");
        }
    }

    static GifFile read(byte[] file) throws IOException {
        return new GifFile(file);
    }

    private byte[] palette(int at, int flags) throws IOException {
        if ((flags & PALETTE) == 0) {
            return new byte[0];
        }
        int length = 3 << ((flags & 7) + 1);
        return Arrays.copyOfRange(bytes.data(), bytes.require(at, length), at + length);
    }

    @Override
    public int width() {
        return Math.max(screen(6), left + frameWidth);
    }

    @Override
    public int height() {
        return Math.max(screen(8), top + frameHeight);
    }

    private int screen(int at) {
        return (bytes.data()[at] & 0xFF) | (bytes.data()[at + 1] & 0xFF) << 8;
    }

    @Override
    public int bytesPerPixel() {
        return 1;
    }

    @Override
    public Bitmap decode() throws IOException {
        int flags = bytes.u8(frame + 9);
        int data = frame + 10 + ((flags & PALETTE) != 0 ? palette.length : 0);
        int width = width();
        byte[] samples = new byte[Math.multiplyExact(width, height())];
        if (transparent != 0 && (frameWidth < width || frameHeight < height())) {
            Arrays.fill(samples, (byte) transparent);
        }
        GifCodes codes = new GifCodes(bytes, data);
        for (int[] pass : (flags & INTERLACED) != 0 ? PASSES : WHOLE) {
            for (int y = pass[0]; y < frameHeight; y += pass[1]) {
                codes.read(samples, (top + y) * width + left, frameWidth);
            }
        }
        return Palettes.bitmap(width, height(), samples, palette);
    }
}
