package dev.clap4j.internal.image.webp;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A WebP file: one image or, of an animation, the first frame on its canvas, which is transparent outside the frame;
 * like Pillow, it ignores the background colour.
 *
 * @param file the content of the file
 * @param width width of the canvas in pixels
 * @param height height of the canvas in pixels
 * @param alpha whether the image has opacity, by libwebp's rules
 * @param frame the image
 */
public record WebpFile(byte[] file, int width, int height, boolean alpha, Frame frame) implements EncodedImage {
    private static final int HEADER = 12;
    private static final int CHUNK = 8;
    private static final int ALPHA_FLAG = 0x10;
    private static final int ANIMATION_FLAG = 0x02;

    /**
     * An image on the canvas; opacity is in a chunk of its own if {@code alphaStart < alphaEnd}.
     *
     * @param lossless whether it is VP8L, which includes opacity, or VP8
     */
    record Frame(
            int x,
            int y,
            int width,
            int height,
            boolean lossless,
            int start,
            int end,
            int alphaStart,
            int alphaEnd,
            boolean hasAlpha) {
        Frame at(int left, int top) {
            return new Frame(left, top, width, height, lossless, start, end, alphaStart, alphaEnd, hasAlpha);
        }
    }

    /**
     * Reads the headers without decoding anything.
     *
     * @throws IOException if it is malformed or ends too early
     */
    public static WebpFile read(byte[] file) throws IOException {
        int end = end(file, 4, 8);
        Chunk first = Chunk.at(file, HEADER, end);
        if (!first.is("VP8X")) {
            Frame frame = frame(file, HEADER, end);
            return new WebpFile(file, frame.width, frame.height, frame.hasAlpha, frame);
        }
        if (first.end - first.start < 10) {
            throw new EOFException();
        }
        int flags = file[first.start];
        int width = 1 + u24(file, first.start + 4);
        int height = 1 + u24(file, first.start + 7);
        boolean animated = (flags & ANIMATION_FLAG) != 0;
        Frame frame = animated ? firstFrame(file, first.next(), end) : frame(file, first.next(), end);
        boolean fits = animated
                ? (long) frame.x + frame.width <= width && (long) frame.y + frame.height <= height
                : frame.width == width && frame.height == height;
        if (!fits) {
            throw new IOException("an image of " + frame.width + "×" + frame.height + " at " + frame.x + ", " + frame.y
                    + " does not fit the canvas of " + width + "×" + height);
        }
        boolean alpha = (animated || !frame.lossless) ? (flags & ALPHA_FLAG) != 0 : frame.hasAlpha;
        return new WebpFile(file, width, height, alpha || (!animated && frame.hasAlpha), frame);
    }

    /** A chunk's content, {@code file[start..end)}. */
    private record Chunk(String type, int start, int end) {
        static Chunk at(byte[] file, int at, int limit) throws IOException {
            if (limit - at < CHUNK) {
                throw new EOFException();
            }
            String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
            return new Chunk(type, at + CHUNK, end(file, at + 4, limit - at - CHUNK, at + CHUNK));
        }

        private static int end(byte[] file, int sizeAt, int room, int start) throws IOException {
            long size = u32(file, sizeAt);
            if (size > room) {
                throw new EOFException();
            }
            return start + (int) size;
        }

        boolean is(String name) {
            return type.equals(name);
        }

        /** Returns the position of the next chunk; chunks are padded to an even length. */
        int next() {
            return end + (end - start & 1);
        }
    }

    private static int end(byte[] file, int sizeAt, int start) throws IOException {
        if (file.length < HEADER) {
            throw new EOFException();
        }
        return Chunk.end(file, sizeAt, file.length - start, start);
    }

    /** Finds the first frame of an animation; of the others, only the presence is checked. */
    private static Frame firstFrame(byte[] file, int from, int end) throws IOException {
        Frame frame = null;
        for (int at = from; at < end; ) {
            Chunk chunk = Chunk.at(file, at, end);
            if (chunk.is("ANMF") && frame == null) {
                int s = chunk.start;
                if (chunk.end - s < 16) {
                    throw new EOFException();
                }
                frame = frame(file, s + 16, chunk.end).at(2 * u24(file, s), 2 * u24(file, s + 3));
                if (frame.width != 1 + u24(file, s + 6) || frame.height != 1 + u24(file, s + 9)) {
                    throw new IOException("a frame has another size than its header says");
                }
            }
            at = chunk.next();
        }
        if (frame == null) {
            throw new IOException("an animation without a frame");
        }
        return frame;
    }

    /** Finds the image among the chunks of {@code file[from..end)}. */
    private static Frame frame(byte[] file, int from, int end) throws IOException {
        Chunk alpha = null;
        Frame frame = null;
        for (int at = from; at < end; ) {
            Chunk chunk = Chunk.at(file, at, end);
            if (chunk.is("ALPH") && alpha == null) {
                alpha = chunk;
            } else if ((chunk.is("VP8 ") || chunk.is("VP8L")) && frame == null) {
                frame = image(file, chunk, alpha);
            }
            at = chunk.next();
        }
        if (frame == null) {
            throw new EOFException();
        }
        return frame;
    }

    private static Frame image(byte[] file, Chunk chunk, Chunk alpha) throws IOException {
        if (chunk.is("VP8L")) {
            var header = Vp8lDecoder.Header.read(new BitReader(file, chunk.start, chunk.end));
            return new Frame(0, 0, header.width(), header.height(), true, chunk.start, chunk.end, 0, 0, header.alpha());
        }
        int[] size = Vp8Header.size(file, chunk.start, chunk.end);
        if (size[0] == 0 || size[1] == 0) {
            throw new IOException("it claims to have " + size[0] + "×" + size[1] + " pixels");
        }
        return new Frame(
                0,
                0,
                size[0],
                size[1],
                false,
                chunk.start,
                chunk.end,
                alpha == null ? 0 : alpha.start,
                alpha == null ? 0 : alpha.end,
                alpha != null);
    }

    /** Counts the bitmap, and the pixels of a lossless image twice, or the planes of a lossy one and its opacity. */
    @Override
    public int bytesPerPixel() {
        return (alpha ? 4 : 3) + (frame.lossless ? 8 : frame.hasAlpha ? 11 : 2);
    }

    /** Decodes the image: mode RGB, or RGBA if there is opacity. */
    @Override
    public Bitmap decode() throws IOException {
        int bands = alpha ? 4 : 3;
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(width, height), bands)];
        int at = (frame.y * width + frame.x) * bands;
        if (frame.lossless) {
            lossless(out, at, bands);
        } else {
            lossy(out, at, bands);
        }
        return Bitmap.of(alpha ? PixelMode.RGBA : PixelMode.RGB, width, height, out);
    }

    private void lossless(byte[] out, int at, int bands) throws IOException {
        int[] pixels = Vp8lDecoder.decode(file, frame.start, frame.end);
        for (int y = 0; y < frame.height; y++) {
            for (int x = 0, o = at + y * width * bands; x < frame.width; x++, o += bands) {
                int argb = pixels[y * frame.width + x];
                out[o] = (byte) (argb >> 16);
                out[o + 1] = (byte) (argb >> 8);
                out[o + 2] = (byte) argb;
                if (bands == 4) {
                    out[o + 3] = (byte) (argb >>> 24);
                }
            }
        }
    }

    private void lossy(byte[] out, int at, int bands) throws IOException {
        Vp8Decoder.decode(file, frame.start, frame.end).toRgb(out, at, bands, width * bands);
        if (bands < 4) {
            return;
        }
        byte[] opacity = frame.hasAlpha
                ? AlphaPlane.decode(file, frame.alphaStart, frame.alphaEnd, frame.width, frame.height)
                : null;
        for (int y = 0; y < frame.height; y++) {
            for (int x = 0, o = at + y * width * 4 + 3; x < frame.width; x++, o += 4) {
                out[o] = opacity == null ? (byte) 255 : opacity[y * frame.width + x];
            }
        }
    }

    private static int u24(byte[] file, int at) {
        return (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8 | (file[at + 2] & 0xFF) << 16;
    }

    private static long u32(byte[] file, int at) {
        return u24(file, at) | (file[at + 3] & 0xFFL) << 24;
    }
}
