package dev.clap4j.internal.image.format;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The rows of a PNG file: data chunks are inflated on demand, and filters reverted. */
final class PngData implements AutoCloseable {
    private static final int DATA_TYPE = 0x49444154;

    private final Bytes bytes;
    private final Inflater inflater = new Inflater();
    private int chunk;
    private byte[] row;
    private byte[] above;
    private final byte[] filter = new byte[1];
    private int pixel;

    /** Starts at the first data chunk. */
    PngData(Bytes bytes, int chunk) {
        this.bytes = bytes;
        this.chunk = chunk;
    }

    /**
     * Starts a pass with rows of the given length; the row above the first is zero.
     *
     * @param pixelBytes the distance of a sample to the same sample of the pixel on its left
     */
    void startPass(int rowBytes, int pixelBytes) {
        row = new byte[rowBytes];
        above = new byte[rowBytes];
        pixel = pixelBytes;
    }

    /** Returns the next row; it is overwritten by the one after the next. */
    byte[] row() throws IOException {
        byte[] last = row;
        row = above;
        above = last;
        inflate(filter);
        inflate(row);
        switch (filter[0]) {
            case 0 -> {}
            case 1 -> addLeft(row, pixel);
            case 2 -> addAbove(row, above);
            case 3 -> addMean(row, above, pixel);
            case 4 -> addPaeth(row, above, pixel);
            default -> throw new IOException("unknown filter " + (filter[0] & 0xFF));
        }
        return row;
    }

    private void inflate(byte[] out) throws IOException {
        try {
            for (int n = 0; n < out.length; ) {
                int more = inflater.inflate(out, n, out.length - n);
                n += more;
                if (more == 0) {
                    if (inflater.finished() || inflater.needsDictionary() || !inflater.needsInput()) {
                        throw new EOFException();
                    }
                    nextChunk();
                }
            }
        } catch (DataFormatException e) {
            throw new IOException("its data cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private void nextChunk() throws IOException {
        if (bytes.i32(chunk + 4) != DATA_TYPE) {
            throw new EOFException();
        }
        int length = bytes.i32(chunk);
        int from = bytes.require(chunk + 8L, 0);
        // A truncated file is inflated as far as possible: all pixels may be present.
        int there = length < 0 ? 0 : Math.min(length, bytes.length() - from);
        inflater.setInput(bytes.data(), from, there);
        chunk = from + there + (there == length ? 4 : 0);
        if (there < length && there == 0) {
            throw new EOFException();
        }
    }

    private static void addLeft(byte[] row, int pixel) {
        for (int i = pixel; i < row.length; i++) {
            row[i] += row[i - pixel];
        }
    }

    private static void addAbove(byte[] row, byte[] above) {
        for (int i = 0; i < row.length; i++) {
            row[i] += above[i];
        }
    }

    private static void addMean(byte[] row, byte[] above, int pixel) {
        for (int i = 0; i < Math.min(pixel, row.length); i++) {
            row[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = pixel; i < row.length; i++) {
            row[i] += (byte) (((row[i - pixel] & 0xFF) + (above[i] & 0xFF)) >> 1);
        }
    }

    private static void addPaeth(byte[] row, byte[] above, int pixel) {
        for (int i = 0; i < Math.min(pixel, row.length); i++) {
            row[i] += above[i];
        }
        for (int i = pixel; i < row.length; i++) {
            int left = row[i - pixel] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = above[i - pixel] & 0xFF;
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            row[i] += (byte) nearest;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
