package dev.clap4j.internal.image.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes fax rows (ITU-T T.4 and T.6): runs of pixels, coded independently or relative to the row above. Bits of black
 * pixels are 1.
 */
final class FaxDecoder {
    private static final int TWO_DIMENSIONAL = 1;
    private static final int END_OF_LINE_ZEROS = 11;

    private final byte[] data;
    private final int end;
    private final int columns;
    private final Packing packing;
    private final boolean twoDimensional;
    private long at;

    /** The colour changes in a row, which starts white, followed by the row's length. */
    private int[] changes;

    private int[] above;
    private int count;

    FaxDecoder(byte[] data, int start, int end, int columns, Packing packing, int options) {
        this.data = data;
        this.end = end;
        this.at = start * 8L;
        this.columns = columns;
        this.packing = packing;
        this.twoDimensional = (options & TWO_DIMENSIONAL) != 0;
        this.changes = new int[columns + 3];
        this.above = new int[columns + 3];
        Arrays.fill(changes, columns);
    }

    void read(byte[] out, int rows) throws IOException {
        int stride = (columns + 7) / 8;
        for (int y = 0; y < rows; y++) {
            int[] last = changes;
            changes = above;
            above = last;
            count = 0;
            if (isAlone()) {
                runs();
            } else {
                relative();
            }
            Arrays.fill(changes, count, changes.length, columns);
            paint(out, y * stride);
        }
    }

    /** Returns whether the next row is coded independently of the one above, skipping the bits before it. */
    private boolean isAlone() throws IOException {
        if (packing == Packing.CCITT_GROUP4) {
            return false;
        }
        if (packing == Packing.CCITT_RUNS) {
            at = (at + 7) & ~7L;
            return true;
        }
        if (peek(END_OF_LINE_ZEROS) == 0) {
            while (peek(1) == 0) {
                skip(1);
            }
            skip(1);
            if (twoDimensional) {
                int tag = peek(1);
                skip(1);
                return tag == 1;
            }
        }
        return true;
    }

    private void runs() throws IOException {
        boolean black = false;
        int x = 0;
        while (x < columns) {
            x += run(black);
            change(x);
            black = !black;
        }
    }

    private void relative() throws IOException {
        int x = 0;
        boolean black = false;
        boolean first = true;
        while (x < columns) {
            int b = changeAbove(first ? -1 : x, black);
            int mode = mode();
            switch (mode) {
                case PASS -> x = above[b + 1];
                case HORIZONTAL -> {
                    change(x + run(black));
                    x = changes[count - 1] + run(!black);
                    change(x);
                }
                default -> {
                    x = above[b] + mode;
                    change(x);
                    black = !black;
                }
            }
            first = false;
        }
    }

    private static final int PASS = 100;
    private static final int HORIZONTAL = 101;

    /** Reads a mode: pass, horizontal, or the offset of the change from the one above. */
    private int mode() throws IOException {
        int bits = peek(7);
        int zeros = Integer.numberOfLeadingZeros(bits) - 25;
        switch (zeros) {
            case 0 -> {
                skip(1);
                return 0;
            }
            case 1 -> {
                skip(3);
                return (bits & 0x10) != 0 ? 1 : -1;
            }
            case 2 -> {
                skip(3);
                return HORIZONTAL;
            }
            case 3 -> {
                skip(4);
                return PASS;
            }
            case 4 -> {
                skip(6);
                return (bits & 0x02) != 0 ? 2 : -2;
            }
            case 5 -> {
                skip(7);
                return (bits & 0x01) != 0 ? 3 : -3;
            }
            default -> throw at / 8 >= end ? new EOFException() : new IOException("an unknown code in a fax");
        }
    }

    private int search;

    /** Returns the first change above to the right of a position and to the opposite colour. */
    private int changeAbove(int x, boolean black) {
        if (count == 0) {
            search = 0;
        }
        search = Math.max(0, search - 2);
        int i = search;
        if ((i & 1) != (black ? 1 : 0)) {
            i++;
        }
        while (above[i] <= x && above[i] < columns) {
            i += 2;
        }
        search = i;
        return i;
    }

    private void change(int x) throws IOException {
        int from = count == 0 ? 0 : changes[count - 1];
        if (x < from || x > columns || count >= columns + 1) {
            throw new IOException("a row of a fax has the wrong length");
        }
        changes[count++] = x;
    }

    /** Reads the length of a run: any number of parts of 64 or more, then a shorter one. */
    private int run(boolean black) throws IOException {
        int[] table = FaxCodes.runs(black);
        int run = 0;
        while (true) {
            int entry = table[peek(FaxCodes.LONGEST)];
            if (entry == 0) {
                throw at / 8 >= end ? new EOFException() : new IOException("an unknown code in a fax");
            }
            skip(entry & 0xF);
            run += entry >> 4;
            if (entry >> 4 < 64) {
                return run;
            }
            if (run > columns) {
                throw new IOException("a row of a fax has the wrong length");
            }
        }
    }

    private int peek(int n) {
        int bits = 0;
        int from = (int) (at >> 3);
        for (int i = 0; i < 3; i++) {
            bits = bits << 8 | (from + i < end ? data[from + i] & 0xFF : 0);
        }
        return bits >> (24 - n - (int) (at & 7)) & (1 << n) - 1;
    }

    private void skip(int n) throws EOFException {
        at += n;
        if (at > end * 8L) {
            throw new EOFException();
        }
    }

    private void paint(byte[] out, int row) {
        for (int i = 0; i < count; i += 2) {
            int to = i + 1 < count ? changes[i + 1] : columns;
            for (int x = changes[i]; x < to; x++) {
                out[row + (x >> 3)] |= (byte) (0x80 >> (x & 7));
            }
        }
    }
}
