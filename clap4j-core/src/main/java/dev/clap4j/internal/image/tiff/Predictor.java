package dev.clap4j.internal.image.tiff;

import dev.clap4j.internal.image.format.UnsupportedImageException;
import java.io.IOException;

/**
 * Reverts the differencing of neighbouring samples in a row.
 *
 * @param floating whether the bytes of floating-point numbers were also grouped by significance
 * @param bytes bytes per sample
 * @param together samples per pixel stored together
 * @param bigEndian the byte order of samples
 */
record Predictor(boolean floating, int bytes, int together, boolean bigEndian) {
    static Predictor of(int kind, TiffSamples samples, int together, boolean bigEndian) throws IOException {
        boolean floating = kind == 3;
        boolean known = floating
                ? samples.kind() == TiffSamples.Kind.FLOAT
                : kind == 2 && (samples.bits() == 8 || samples.bits() == 16 || samples.bits() == 32);
        if (!known) {
            throw new UnsupportedImageException("it is a TIFF file with predictor " + kind + " of " + samples.bits()
                    + " bits per sample, which is not supported; save it without a predictor");
        }
        return new Predictor(floating, samples.bits() / 8, together, bigEndian);
    }

    void undo(byte[] rows, int rowBytes) {
        byte[] sorted = new byte[floating ? rowBytes : 0];
        for (int row = 0; row < rows.length; row += rowBytes) {
            if (floating) {
                addBytes(rows, row, rowBytes, together);
                System.arraycopy(rows, row, sorted, 0, rowBytes);
                unsort(sorted, rows, row);
            } else if (bytes == 1) {
                addBytes(rows, row, rowBytes, together);
            } else {
                addNumbers(rows, row, rowBytes);
            }
        }
    }

    private static void addBytes(byte[] rows, int row, int length, int step) {
        for (int i = row + step; i < row + length; i++) {
            rows[i] += rows[i - step];
        }
    }

    private void addNumbers(byte[] rows, int row, int length) {
        int step = together * bytes;
        for (int i = row + step; i + bytes <= row + length; i += bytes) {
            int carry = 0;
            for (int b = 0; b < bytes; b++) {
                int at = i + (bigEndian ? bytes - 1 - b : b);
                int sum = (rows[at] & 0xFF) + (rows[at - step] & 0xFF) + carry;
                rows[at] = (byte) sum;
                carry = sum >> 8;
            }
        }
    }

    /** Ungroups bytes: those of highest significance come first. */
    private void unsort(byte[] sorted, byte[] rows, int row) {
        int n = sorted.length / bytes;
        for (int i = 0; i < n; i++) {
            for (int b = 0; b < bytes; b++) {
                rows[row + i * bytes + (bigEndian ? b : bytes - 1 - b)] = sorted[b * n + i];
            }
        }
    }
}
