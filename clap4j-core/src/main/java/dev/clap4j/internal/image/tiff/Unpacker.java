package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.format.Bytes;
import dev.clap4j.internal.image.format.JpegDecoder;
import dev.clap4j.internal.image.format.UnsupportedImageException;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses strips and tiles.
 *
 * @param pixelBits bits of the samples of a pixel that are stored together
 * @param predictor reverts differencing; null if there is none
 * @param reversed whether the lowest bit of a byte comes first
 * @param faxOptions options of group 3
 * @param jpegTables the tables shared by all JPEG segments
 * @param ycbcr whether JPEG segments hold YCbCr
 */
record Unpacker(
        Packing packing,
        int pixelBits,
        int components,
        Predictor predictor,
        boolean reversed,
        int faxOptions,
        byte[] jpegTables,
        boolean ycbcr) {
    static Unpacker of(TiffDirectory directory, Packing packing, TiffSamples samples, boolean apart)
            throws IOException {
        int together = apart ? 1 : samples.stored();
        if (packing.isCcitt() && (samples.bits() != 1 || together != 1)) {
            throw new UnsupportedImageException("it is a TIFF file packed as a fax with " + together * samples.bits()
                    + " bits per pixel instead of one");
        }
        if (packing == Packing.JPEG && samples.bits() != 8) {
            throw new UnsupportedImageException("it is a TIFF file packed as JPEG with " + samples.bits()
                    + " bits per sample, only 8 are supported. Convert it first");
        }
        int kind = packing.hasPredictor() ? directory.number(Tag.PREDICTOR, 1) : 1;
        return new Unpacker(
                packing,
                together * samples.bits(),
                together,
                kind == 1
                        ? null
                        : Predictor.of(
                                kind, samples, together, directory.bytes().bigEndian()),
                directory.number(Tag.FILL_ORDER, 1) == 2,
                directory.number(Tag.T4_OPTIONS, 0),
                directory.content(Tag.JPEG_TABLES),
                directory.number(Tag.PHOTOMETRIC, 0) == TiffSamples.YCBCR && !apart && together == 3);
    }

    int rowBytes(int columns) {
        return Math.toIntExact(((long) columns * pixelBits + 7) / 8);
    }

    /** Decompresses {@code file[start..end)} to whole rows. */
    byte[] unpack(Bytes file, int start, int end, int columns, int rows) throws IOException {
        byte[] out;
        if (packing == Packing.JPEG) {
            return jpeg(file, start, end, columns, rows);
        }
        out = new byte[Math.multiplyExact(rowBytes(columns), rows)];
        byte[] data = file.data();
        int from = start;
        int to = end;
        if (reversed) {
            data = reverse(data, start, end);
            from = 0;
            to = data.length;
        }
        switch (packing) {
            case NONE -> {
                // Lengths of uncompressed segments are often wrong, and not needed.
                int there = reversed ? to : file.length() - start;
                if (there < out.length) {
                    throw new EOFException();
                }
                System.arraycopy(data, from, out, 0, out.length);
            }
            case LZW -> Lzw.unpack(data, from, to, out);
            case DEFLATE -> inflate(data, from, to, out);
            case PACK_BITS -> unpackBits(data, from, to, out);
            default -> new FaxDecoder(data, from, to, columns, packing, faxOptions).read(out, rows);
        }
        if (predictor != null) {
            predictor.undo(out, rowBytes(columns));
        }
        return out;
    }

    private static byte[] reverse(byte[] data, int start, int end) {
        byte[] reversed = new byte[end - start];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = (byte) (Integer.reverse(data[start + i]) >>> 24);
        }
        return reversed;
    }

    private static void inflate(byte[] data, int start, int end, byte[] out) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, start, end - start);
            for (int n = 0; n < out.length; ) {
                int more = inflater.inflate(out, n, out.length - n);
                if (more == 0) {
                    throw new EOFException();
                }
                n += more;
            }
        } catch (DataFormatException e) {
            throw new IOException("its data cannot be unpacked: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private static void unpackBits(byte[] data, int start, int end, byte[] out) throws IOException {
        int at = start;
        for (int o = 0; o < out.length; ) {
            if (at >= end) {
                throw new EOFException();
            }
            int n = data[at++];
            int count = Math.min(n < 0 ? 1 - n : n + 1, out.length - o);
            if (n == -128) {
                continue;
            }
            if (at + (n < 0 ? 1 : count) > end) {
                throw new EOFException();
            }
            for (int i = 0; i < count; i++) {
                out[o++] = data[n < 0 ? at : at + i];
            }
            at += n < 0 ? 1 : count;
        }
    }

    private byte[] jpeg(Bytes file, int start, int end, int columns, int rows) throws IOException {
        // Both are whole JPEG files: drop the end marker of the tables and the start marker of the image, two bytes
        // each.
        int tables = Math.max(0, jpegTables.length - 2);
        int skipped = tables > 0 ? 2 : 0;
        byte[] whole = new byte[tables + Math.max(0, end - start - skipped)];
        System.arraycopy(jpegTables, 0, whole, 0, tables);
        System.arraycopy(file.data(), Math.min(end, start + skipped), whole, tables, whole.length - tables);
        return JpegDecoder.part(whole, columns, rows, components, ycbcr);
    }
}
