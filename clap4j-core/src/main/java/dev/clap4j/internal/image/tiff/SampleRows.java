package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.PixelMode;

/** Converts decompressed rows to samples of a bitmap. */
final class SampleRows {
    private final TiffSamples samples;
    private final boolean apart;
    private final boolean bigEndian;
    private final int bands;

    /**
     * Creates a converter for a file.
     *
     * @param apart whether each row holds only one sample of each pixel
     */
    SampleRows(TiffSamples samples, boolean apart, boolean bigEndian) {
        this.samples = samples;
        this.apart = apart;
        this.bigEndian = bigEndian;
        this.bands = samples.mode().bytes();
    }

    /**
     * Converts a row.
     *
     * @param band the index of the row's sample, if samples are stored apart
     * @param pixel the index of the row's first pixel in the bitmap
     */
    void read(byte[] in, int from, int columns, int band, byte[] out, int pixel) {
        switch (samples.bits()) {
            case 8, 16 -> {
                if (samples.used() == 1 && samples.bits() == 16) {
                    wide(in, from, columns, out, pixel);
                } else {
                    bytes(in, from, columns, band, out, pixel);
                }
            }
            case 12 -> twelve(in, from, columns, out, pixel);
            case 32 -> wide(in, from, columns, out, pixel);
            default -> bits(in, from, columns, out, pixel);
        }
    }

    /** Copies samples of 8 bits, or the high byte of 16. */
    private void bytes(byte[] in, int from, int columns, int band, byte[] out, int pixel) {
        int size = samples.bits() / 8;
        int high = size == 2 && !bigEndian ? 1 : 0;
        int step = apart ? size : size * samples.stored();
        int first = apart ? band : 0;
        int last = apart ? band + 1 : samples.used();
        int flip = samples.inverted() ? 0xFF : 0;
        for (int x = 0; x < columns; x++) {
            for (int c = first; c < last; c++) {
                out[(pixel + x) * bands + c] = (byte) (in[from + x * step + (c - first) * size + high] ^ flip);
            }
        }
    }

    /** Copies numbers of 16 or 32 bits in the byte order of the bitmap's mode. */
    private void wide(byte[] in, int from, int columns, byte[] out, int pixel) {
        boolean swapped = bigEndian && samples.mode() != PixelMode.I16B;
        int size = samples.bits() / 8;
        for (int x = 0; x < columns; x++) {
            int at = from + x * size;
            int o = (pixel + x) * bands;
            for (int b = 0; b < size; b++) {
                out[o + b] = in[at + (swapped ? size - 1 - b : b)];
            }
            for (int b = size; b < bands; b++) {
                out[o + b] = (byte) (out[o + size - 1] >> 7);
            }
        }
    }

    private void twelve(byte[] in, int from, int columns, byte[] out, int pixel) {
        for (int x = 0; x < columns; x++) {
            int at = from + x / 2 * 3;
            int value = x % 2 == 0
                    ? (in[at] & 0xFF) << 4 | (in[at + 1] & 0xFF) >> 4
                    : (in[at + 1] & 0xF) << 8 | (in[at + 2] & 0xFF);
            out[(pixel + x) * 2] = (byte) value;
            out[(pixel + x) * 2 + 1] = (byte) (value >> 8);
        }
    }

    /** Unpacks indices of 1, 2 or 4 bits, or grey levels scaled to 255. */
    private void bits(byte[] in, int from, int columns, byte[] out, int pixel) {
        int bits = samples.bits();
        int most = (1 << bits) - 1;
        int scale = samples.mode() == PixelMode.P ? 1 : 255 / most;
        int flip = samples.inverted() ? most : 0;
        for (int x = 0; x < columns; x++) {
            int bit = x * bits;
            int value = (in[from + (bit >> 3)] & 0xFF) >> (8 - bits - (bit & 7)) & most;
            out[pixel + x] = (byte) ((value ^ flip) * scale);
        }
    }
}
