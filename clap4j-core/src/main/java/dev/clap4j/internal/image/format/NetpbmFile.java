package dev.clap4j.internal.image.format;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.EncodedImage;
import dev.clap4j.internal.image.PixelMode;
import java.io.EOFException;
import java.io.IOException;

/**
 * A Netpbm file: PBM, PGM or PPM, binary or plain, and single-band PFM. Grey levels of more than 8 bits become 16-bit
 * integers; colours are reduced to 8 bits.
 */
final class NetpbmFile implements EncodedImage {
    private static final int MAX_WORD = 10;

    private final Bytes bytes;
    private int at;
    private final char kind;
    private final int width;
    private final int height;
    private final int largest;
    private final double scale;
    private final PixelMode mode;

    private NetpbmFile(Bytes bytes) throws IOException {
        this.bytes = bytes;
        kind = (char) bytes.u8(1);
        at = 2;
        width = number();
        height = number();
        scale = kind == 'f' ? scale() : 1;
        largest = kind == '1' || kind == '4' || kind == 'f' ? 1 : number();
        if (largest < 1 || largest > 65535) {
            throw new IOException("its largest value is " + largest);
        }
        mode = switch (kind) {
            case '1', '4' -> PixelMode.ONE;
            case '2', '5' -> largest > 255 ? PixelMode.I : PixelMode.L;
            case '3', '6' -> PixelMode.RGB;
            default -> PixelMode.F;
        };
    }

    /** Returns whether a file starts with a supported signature. */
    static boolean begins(String head) {
        return head.length() > 2
                && head.charAt(0) == 'P'
                && "123456f".indexOf(head.charAt(1)) >= 0
                && isSpace(head.charAt(2));
    }

    static NetpbmFile read(byte[] file) throws IOException {
        return new NetpbmFile(new Bytes(file, true));
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Reads a token of the header or of plain pixels; comments extend from {@code #} to the end of the line. */
    private String word() throws IOException {
        StringBuilder word = new StringBuilder();
        for (; ; at++) {
            if (at == bytes.length() && word.length() > 0) {
                return word.toString();
            }
            int c = bytes.u8(at);
            if (c == '#') {
                while (bytes.u8(at) != '\n' && bytes.u8(at) != '\r') {
                    at++;
                }
            } else if (!isSpace(c)) {
                word.append((char) c);
            } else if (word.length() > 0) {
                at++;
                return word.toString();
            }
            if (word.length() > MAX_WORD) {
                throw new IOException("a number with more than " + MAX_WORD + " digits");
            }
        }
    }

    private int number() throws IOException {
        String word = word();
        try {
            int number = Integer.parseInt(word);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("\"" + word + "\" where a number should be", e);
        }
        throw new IOException("a negative number");
    }

    private double scale() throws IOException {
        String word = word();
        try {
            double value = Double.parseDouble(word);
            if (value != 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("\"" + word + "\" where a number should be", e);
        }
        throw new IOException("a scale of " + word);
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
        return mode.bytes();
    }

    @Override
    public Bitmap decode() throws IOException {
        int n = Math.multiplyExact(Math.multiplyExact(width, height), mode.bytes());
        int start = at;
        byte[] samples =
                switch (kind) {
                    case '1' -> bitWords(new byte[n]);
                    case '4' -> bits(new byte[n]);
                    case 'f' -> floats(new byte[n]);
                    default -> values(new byte[n]);
                };
        at = start;
        return Bitmap.of(mode, width, height, samples);
    }

    /** Reads plain bits: 1 is black, and digits need not be separated. */
    private byte[] bitWords(byte[] out) throws IOException {
        for (int i = 0; i < out.length; ) {
            int c = bytes.u8(at++);
            if (c == '#') {
                while (bytes.u8(at) != '\n' && bytes.u8(at) != '\r') {
                    at++;
                }
            } else if (c == '0' || c == '1') {
                out[i++] = (byte) (c == '0' ? 255 : 0);
            } else if (!isSpace(c)) {
                throw new IOException("a pixel that is neither 0 nor 1");
            }
        }
        return out;
    }

    private byte[] bits(byte[] out) throws EOFException {
        int stride = (width + 7) / 8;
        bytes.require(at, (long) stride * height);
        for (int i = 0; i < out.length; i++) {
            int x = i % width;
            int bit = bytes.data()[at + i / width * stride + (x >> 3)] >> (7 - (x & 7)) & 1;
            out[i] = (byte) (bit == 0 ? 255 : 0);
        }
        return out;
    }

    /** Reads rows from bottom to top, in the byte order given by the scale's sign. */
    private byte[] floats(byte[] out) throws EOFException {
        int row = width * 4;
        int from = bytes.require(at, out.length);
        for (int i = 0; i < out.length; i++) {
            int y = height - 1 - i / row;
            int x = i % row;
            out[i] = bytes.data()[from + y * row + (scale > 0 ? x ^ 3 : x)];
        }
        return out;
    }

    private byte[] values(byte[] out) throws IOException {
        boolean words = kind == '2' || kind == '3';
        int wide = largest > 255 ? 2 : 1;
        int n = out.length / (mode == PixelMode.I ? 4 : 1);
        if (!words) {
            bytes.require(at, (long) n * wide);
            if (largest == 255) {
                System.arraycopy(bytes.data(), at, out, 0, n);
                return out;
            }
        }
        for (int i = 0; i < n; i++) {
            int value = words ? number() : wide == 2 ? bytes.u16(at + 2L * i) : bytes.u8(at + (long) i);
            if (words && value > largest) {
                throw new IOException("a pixel of " + value + " where the largest value is " + largest);
            }
            if (mode == PixelMode.I) {
                int scaled = scaled(value, 65535);
                out[i * 4] = (byte) scaled;
                out[i * 4 + 1] = (byte) (scaled >> 8);
            } else {
                out[i] = (byte) scaled(value, 255);
            }
        }
        return out;
    }

    private int scaled(int value, int most) {
        return (int) Math.min(most, Math.rint((double) value / largest * most));
    }
}
