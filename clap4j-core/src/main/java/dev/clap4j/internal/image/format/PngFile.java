package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * A PNG file. The mode depends on the colour type alone: the transparent colour of an image without an alpha channel is
 * ignored, and 16-bit colours lose their low byte.
 *
 * <p>Chunks that only describe the image are skipped without being inflated.
 */
final class PngFile implements EncodedImage {
    private static final int SIGNATURE = 8;
    private static final int CHUNK = 12;
    private static final int HEADER_TYPE = type("IHDR");
    private static final int PALETTE_TYPE = type("PLTE");
    private static final int DATA_TYPE = type("IDAT");
    private static final int END_TYPE = type("IEND");

    /** The interlaced passes: first column, first row, and distance between columns and rows. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final Bytes bytes;
    private final int start;
    private final int width;
    private final int height;
    private final int depth;
    private final int colourType;
    private final boolean interlaced;

    private PngFile(Bytes bytes, int start) throws IOException {
        this.bytes = bytes;
        this.start = start;
        int at = start + SIGNATURE;
        if (bytes.i32(at) != 13 || bytes.i32(at + 4) != HEADER_TYPE) {
            throw new IOException("it does not begin with its header");
        }
        checkSum(at, 13);
        width = bytes.i32(at + 8);
        height = bytes.i32(at + 12);
        depth = bytes.u8(at + 16);
        colourType = bytes.u8(at + 17);
        if (bytes.u8(at + 19) != 0) {
            throw new IOException("unknown filter method " + bytes.u8(at + 19));
        }
        interlaced = bytes.u8(at + 20) != 0;
        int channels = channels();
        boolean known = channels > 0
                && switch (depth) {
                    case 1, 2, 4 -> colourType == 0 || colourType == 3;
                    case 8 -> true;
                    case 16 -> colourType != 3;
                    default -> false;
                };
        if (!known) {
            throw new IOException("unknown colour type " + colourType + " with " + depth + " bits");
        }
    }

    static PngFile read(byte[] file) throws IOException {
        return read(file, 0);
    }

    /** Reads the header of a PNG file embedded in another file. */
    static PngFile read(byte[] file, int start) throws IOException {
        return new PngFile(new Bytes(file, true), start);
    }

    private static int type(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    private void checkSum(int chunk, int length) throws IOException {
        bytes.require(chunk, (long) length + CHUNK);
        CRC32 sum = new CRC32();
        sum.update(bytes.data(), chunk + 4, length + 4);
        if (bytes.u32(chunk + 8 + length) != sum.getValue()) {
            throw new IOException("a checksum does not match");
        }
    }

    /** Returns the number of samples per pixel in the file; 0 for an unknown colour type. */
    private int channels() {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 0;
        };
    }

    private PixelMode mode() {
        return switch (colourType) {
            case 0 -> depth == 1 ? PixelMode.ONE : depth == 16 ? PixelMode.I16 : PixelMode.L;
            case 2 -> PixelMode.RGB;
            case 3 -> PixelMode.P;
            // Pillow has no 16-bit grey with opacity and makes it RGBA.
            case 4 -> depth == 16 ? PixelMode.RGBA : PixelMode.LA;
            default -> PixelMode.RGBA;
        };
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int bytesPerPixel() {
        return mode().bytes();
    }

    @Override
    public Bitmap decode() throws IOException {
        byte[] palette = null;
        int at = start + SIGNATURE;
        for (; bytes.i32(at + 4) != DATA_TYPE; at += CHUNK + bytes.i32(at)) {
            int length = bytes.i32(at);
            if (length < 0 || bytes.i32(at + 4) == END_TYPE) {
                throw new EOFException();
            }
            checkSum(at, length);
            if (bytes.i32(at + 4) == PALETTE_TYPE) {
                palette = java.util.Arrays.copyOfRange(bytes.data(), at + 8, at + 8 + Math.min(length, 768));
            }
        }
        if (colourType == 3 && palette == null) {
            throw new IOException("its palette is missing");
        }
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), mode().bytes())];
        try (PngData data = new PngData(bytes, at)) {
            for (int[] pass : interlaced ? ADAM7 : WHOLE) {
                decode(data, pass, samples);
            }
        }
        return mode() == PixelMode.P
                ? Bitmap.ofPalette(width, height, samples, palette)
                : Bitmap.of(mode(), width, height, samples);
    }

    private void decode(PngData data, int[] pass, byte[] samples) throws IOException {
        int columns = (width - pass[0] + pass[2] - 1) / pass[2];
        if (columns <= 0) {
            return;
        }
        int pixelBits = channels() * depth;
        data.startPass(Math.toIntExact(((long) columns * pixelBits + 7) / 8), Math.max(1, pixelBits / 8));
        int bands = mode().bytes();
        for (int y = pass[1]; y < height; y += pass[3]) {
            byte[] row = data.row();
            int at = (y * width + pass[0]) * bands;
            if (pass[2] == 1 && depth == 8) {
                System.arraycopy(row, 0, samples, at, columns * bands);
            } else {
                spread(row, columns, samples, at, pass[2] * bands);
            }
        }
    }

    /** Copies a row's samples to their positions, {@code step} bytes from pixel to pixel. */
    private void spread(byte[] row, int columns, byte[] samples, int at, int step) {
        int channels = channels();
        for (int x = 0, o = at; x < columns; x++, o += step) {
            if (depth == 16) {
                spread16(row, x * 2 * channels, samples, o);
            } else if (depth == 8) {
                System.arraycopy(row, x * channels, samples, o, channels);
            } else {
                int bit = x * depth;
                int value = (row[bit >> 3] & 0xFF) >> (8 - depth - (bit & 7)) & (1 << depth) - 1;
                samples[o] = (byte) (colourType == 3 ? value : value * 255 / ((1 << depth) - 1));
            }
        }
    }

    private void spread16(byte[] row, int from, byte[] samples, int o) {
        switch (colourType) {
            case 0 -> {
                samples[o] = row[from + 1];
                samples[o + 1] = row[from];
            }
            case 4 -> {
                samples[o] = row[from];
                samples[o + 1] = row[from];
                samples[o + 2] = row[from];
                samples[o + 3] = row[from + 2];
            }
            default -> {
                for (int c = 0; c < channels(); c++) {
                    samples[o + c] = row[from + 2 * c];
                }
            }
        }
    }
}
