package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.ClapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's compiled map of characters to their normal forms: a double-array trie of UTF-8 keys (Aoe 1989), followed
 * by the replacements, each of which ends with a zero byte.
 */
public final class CharacterMap {
    /** Longer than the form of any character; a map could otherwise expand a text without limit. */
    private static final int LONGEST = 256;

    private static final int LABEL = 1 << 31 | 0xFF;

    private final int[] trie;
    private final byte[] replacements;

    private CharacterMap(int[] trie, byte[] replacements) {
        this.trie = trie;
        this.replacements = replacements;
    }

    /** A key that was found: its length in bytes and what replaces it. */
    record Found(int length, String replacement) {}

    /**
     * Reads a map.
     *
     * @param bytes the size of the trie, the trie, and the replacements; little-endian
     * @throws ClapException if it is damaged; the message has no file name
     */
    public static CharacterMap of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long size = bytes.length < 4 ? 0 : Integer.toUnsignedLong(in.getInt());
        if (size == 0 || size % 4 != 0 || size > in.remaining()) {
            throw new ClapException("The character map of " + bytes.length + " bytes is damaged: its trie should have "
                    + size + " bytes");
        }
        int[] trie = new int[(int) (size / 4)];
        in.asIntBuffer().get(trie);
        in.position(in.position() + (int) size);
        byte[] replacements = new byte[in.remaining()];
        in.get(replacements);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException e) {
            throw new ClapException("The character map is damaged: its replacements are not UTF-8", e);
        }
        return new CharacterMap(trie, replacements);
    }

    /**
     * Finds a key at the start of a range.
     *
     * @param text in UTF-8
     * @param longest whether to find the longest key instead of the shortest
     * @return null if there is none
     */
    Found find(byte[] text, int begin, int end, boolean longest) {
        int length = 0;
        int value = 0;
        int node = offset(trie[0]);
        for (int i = begin; i < end && text[i] != 0 && (longest || length == 0); i++) {
            node ^= text[i] & 0xFF;
            if (node < 0 || node >= trie.length || (trie[node] & LABEL) != (text[i] & 0xFF)) {
                break;
            }
            boolean isKey = (trie[node] >>> 8 & 1) == 1;
            node ^= offset(trie[node]);
            if (isKey && node >= 0 && node < trie.length) {
                length = i + 1 - begin;
                value = trie[node] & Integer.MAX_VALUE;
            }
        }
        return length == 0 ? null : new Found(length, replacement(value));
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    private String replacement(int begin) {
        int end = begin;
        while (end < replacements.length && replacements[end] != 0 && end - begin <= LONGEST) {
            end++;
        }
        boolean inside = begin < replacements.length && (replacements[begin] & 0xC0) == 0x80;
        if (begin > replacements.length || inside || end - begin > LONGEST) {
            throw new ClapException("The character map of the tokenizer is damaged: there is no replacement of at most "
                    + LONGEST + " bytes at " + begin);
        }
        return new String(replacements, begin, end - begin, StandardCharsets.UTF_8);
    }
}
