package dev.clap4j.internal.image.webp;

import java.io.EOFException;
import java.io.IOException;

/**
 * A canonical prefix code, decoded by tables: the first is indexed by {@value #ROOT} bits, and refers to others for
 * longer codes.
 */
final class PrefixCode {
    static final int LONGEST = 15;
    private static final int ROOT = 8;

    /**
     * {@code value << 8 | bits}: a symbol and its length, or the position of the next table and the bits that index it.
     */
    private final int[] table;

    private final int rootBits;

    private PrefixCode(int[] table, int rootBits) {
        this.table = table;
        this.rootBits = rootBits;
    }

    /**
     * Creates a code from the lengths of its words.
     *
     * @param lengths the length of each symbol's word in bits; 0 for symbols that do not occur
     * @throws IOException if they do not form a complete code
     */
    static PrefixCode of(int[] lengths) throws IOException {
        int[] counts = new int[LONGEST + 1];
        int symbols = 0;
        int single = 0;
        int longest = 0;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                counts[lengths[symbol]]++;
                symbols++;
                single = symbol;
                longest = Math.max(longest, lengths[symbol]);
            }
        }
        if (symbols == 1) {
            return new PrefixCode(new int[] {single << 8}, 0);
        }
        int[] next = new int[LONGEST + 2];
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = (next[length] + counts[length]) << 1;
            if (next[length] + counts[length] > 1 << length) {
                throw new IOException("a prefix code has too many words");
            }
        }
        if (symbols == 0 || next[LONGEST + 1] != 1 << (LONGEST + 1)) {
            throw new IOException("a prefix code is incomplete");
        }
        int root = Math.min(ROOT, longest);
        return new PrefixCode(fill(lengths, next, root, longest), root);
    }

    /** Fills the tables. Words of the same length are in the order of their symbols; their highest bit comes first. */
    private static int[] fill(int[] lengths, int[] next, int root, int longest) {
        int[] words = new int[lengths.length];
        int[] deepest = new int[1 << root];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > 0) {
                words[symbol] = Integer.reverse(next[length]++) >>> (32 - length);
                if (length > root) {
                    int slot = words[symbol] & (1 << root) - 1;
                    deepest[slot] = Math.max(deepest[slot], length - root);
                }
            }
        }
        int size = 1 << root;
        int[] begins = new int[1 << root];
        for (int slot = 0; slot < begins.length; slot++) {
            begins[slot] = size;
            size += longest > root && deepest[slot] > 0 ? 1 << deepest[slot] : 0;
        }
        int[] table = new int[size];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int length = lengths[symbol];
            if (length > root) {
                int slot = words[symbol] & (1 << root) - 1;
                table[slot] = begins[slot] << 8 | root + deepest[slot];
                repeat(table, begins[slot], words[symbol] >> root, length - root, deepest[slot], symbol << 8 | length);
            } else if (length > 0) {
                repeat(table, 0, words[symbol], length, root, symbol << 8 | length);
            }
        }
        return table;
    }

    /** Writes an entry wherever the low bits match the word. */
    private static void repeat(int[] table, int begin, int word, int length, int bits, int entry) {
        for (int i = word; i < 1 << bits; i += 1 << length) {
            table[begin + i] = entry;
        }
    }

    /** Reads a symbol. */
    int read(BitReader in) throws EOFException {
        int bits = in.peek();
        int entry = table[bits & (1 << rootBits) - 1];
        int length = entry & 0xFF;
        if (length > rootBits) {
            entry = table[(entry >> 8) + ((bits & (1 << length) - 1) >> rootBits)];
            length = entry & 0xFF;
        }
        in.skip(length);
        return entry >> 8;
    }
}
