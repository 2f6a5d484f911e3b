package dev.clap4j.internal.image.webp;

/**
 * VP8's arithmetic decoder (RFC 6386, section 7) of booleans with given probabilities.
 *
 * <p>Past the end it reads zeros, as libwebp does; see {@link #isPastEnd}.
 */
final class BoolDecoder {
    private final byte[] data;
    private final int end;
    private int at;
    /** The range minus one, 127 to 254. */
    private int range = 254;
    /** Bits read but not yet used; the highest are compared with the split. */
    private long value;
    /** The number of bits below the eight being compared. */
    private int bits = -8;

    private boolean pastEnd;

    /** Reads {@code data[start..end)}. */
    BoolDecoder(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /** Returns whether more bytes were read than there are. */
    boolean isPastEnd() {
        return pastEnd;
    }

    /** Reads a boolean that is 0 with a probability of {@code probability / 256}. */
    int bit(int probability) {
        if (bits < 0) {
            load();
        }
        int split = (range * probability) >> 8;
        int bit;
        int next;
        if ((int) (value >>> bits) > split) {
            bit = 1;
            next = range - split;
            value -= (long) (split + 1) << bits;
        } else {
            bit = 0;
            next = split + 1;
        }
        int shift = Integer.numberOfLeadingZeros(next) - 24;
        bits -= shift;
        range = (next << shift) - 1;
        return bit;
    }

    private void load() {
        if (at + 6 <= end) {
            long more = 0;
            for (int i = 0; i < 6; i++) {
                more = more << 8 | (data[at + i] & 0xFF);
            }
            value = value << 48 | more;
            bits += 48;
            at += 6;
        } else if (at < end) {
            value = value << 8 | (data[at++] & 0xFF);
            bits += 8;
        } else if (!pastEnd) {
            value <<= 8;
            bits += 8;
            pastEnd = true;
        } else {
            bits = 0;
        }
    }

    /** Reads a flag with even probabilities. */
    boolean flag() {
        return bit(128) != 0;
    }

    /** Reads an unsigned number, the highest bit first. */
    int number(int width) {
        int number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    /** Reads a flag and, if it is set, a number of {@code width} bits followed by its sign; else 0. */
    int optionalSigned(int width) {
        if (!flag()) {
            return 0;
        }
        int magnitude = number(width);
        return flag() ? -magnitude : magnitude;
    }

    /** Applies the sign that follows to a magnitude. */
    int signed(int magnitude) {
        return bit(128) != 0 ? -magnitude : magnitude;
    }
}
