package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.format.Bytes;
import java.io.EOFException;
import java.io.IOException;

/**
 * The separately compressed segments of an image: strips of rows, or tiles, of all samples or of one each.
 *
 * @param width width of the image in pixels
 * @param height height of the image in pixels
 * @param tileWidth width of a segment in pixels
 * @param tileHeight height of a segment in pixels; the last strip may have fewer rows
 * @param planes number of sample planes; 1 if the samples of a pixel are stored together
 */
record Segments(
        int width,
        int height,
        int tileWidth,
        int tileHeight,
        boolean tiled,
        int planes,
        long[] offsets,
        long[] lengths,
        TiffSamples samples,
        Unpacker unpacker,
        Bytes bytes) {
    private static final int LARGE_TILE = 1 << 22;

    static Segments of(TiffDirectory directory, int width, int height, TiffSamples samples, Packing packing)
            throws IOException {
        boolean tiled = directory.has(Tag.TILE_OFFSETS) && !directory.has(Tag.STRIP_OFFSETS);
        int tileWidth = tiled ? directory.number(Tag.TILE_WIDTH, 0) : width;
        int tileHeight = tiled
                ? directory.number(Tag.TILE_HEIGHT, 0)
                : (int) Math.min(height, directory.first(Tag.ROWS_PER_STRIP, height));
        if (tileWidth < 1 || tileHeight < 1 || isTooLarge((long) tileWidth * tileHeight, (long) width * height)) {
            throw new IOException("parts of " + tileWidth + "×" + tileHeight + " pixels");
        }
        boolean apart = samples.stored() > 1 && directory.number(Tag.PLANAR, 1) == 2;
        return new Segments(
                width,
                height,
                tileWidth,
                tileHeight,
                tiled,
                apart ? samples.used() : 1,
                directory.numbers(tiled ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS),
                directory.numbers(tiled ? Tag.TILE_BYTES : Tag.STRIP_BYTES),
                samples,
                Unpacker.of(directory, packing, samples, apart),
                directory.bytes());
    }

    /** Returns whether a tile is much larger than the image. */
    private static boolean isTooLarge(long tile, long image) {
        return tile > Math.max(LARGE_TILE, 2 * image);
    }

    /** Decodes all segments into a bitmap's samples. */
    void read(byte[] out) throws IOException {
        int across = (width + tileWidth - 1) / tileWidth;
        int down = (height + tileHeight - 1) / tileHeight;
        if (offsets.length < (long) across * down * planes) {
            throw new IOException(offsets.length + " parts instead of " + (long) across * down * planes);
        }
        SampleRows rows = new SampleRows(samples, planes > 1, bytes.bigEndian());
        for (int i = 0; i < across * down * planes; i++) {
            int x = i % across * tileWidth;
            int y = i / across % down * tileHeight;
            int stored = tiled ? tileHeight : Math.min(tileHeight, height - y);
            byte[] part = unpacker.unpack(bytes, start(i), end(i), tileWidth, stored);
            int stride = unpacker.rowBytes(tileWidth);
            int columns = Math.min(tileWidth, width - x);
            for (int row = 0; row < Math.min(stored, height - y); row++) {
                rows.read(part, row * stride, columns, i / across / down, out, (y + row) * width + x);
            }
        }
    }

    private int start(int i) throws EOFException {
        return bytes.require(offsets[i], 0);
    }

    /** Returns the end of a segment; without lengths, that of the file. */
    private int end(int i) throws EOFException {
        long rest = bytes.length() - offsets[i];
        long length = i < lengths.length && lengths[i] > 0 ? lengths[i] : rest;
        return start(i) + (int) Math.min(rest, length);
    }
}
