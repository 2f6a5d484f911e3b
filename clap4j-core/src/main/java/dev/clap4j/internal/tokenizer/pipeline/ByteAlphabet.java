package dev.clap4j.internal.tokenizer.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 256 printable characters that represent bytes in a byte-level vocabulary.
 *
 * <p>Bytes that are printable in Latin-1 represent themselves; the others map to the characters from U+0100, in order.
 * A vocabulary starts with these characters: first the printable bytes, then the rest.
 */
public final class ByteAlphabet {
    /** The suffix of the last token of a word. */
    public static final String END_OF_WORD = "</w>";

    private static final char[] CHAR_OF_BYTE = new char[256];
    private static final int[] BYTE_OF_CHAR = new int[512];
    private static final char[] IN_ORDER = new char[256];

    static {
        Arrays.fill(BYTE_OF_CHAR, -1);
        int place = 0;
        for (int pass = 0; pass < 2; pass++) {
            char next = 0x100;
            for (int b = 0; b < 256; b++) {
                boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
                char c = printable ? (char) b : next++;
                if (printable == (pass == 0)) {
                    CHAR_OF_BYTE[b] = c;
                    BYTE_OF_CHAR[c] = b;
                    IN_ORDER[place++] = c;
                }
            }
        }
    }

    private ByteAlphabet() {}

    /** Returns the character at an index among the vocabulary's first 256. */
    public static String at(int place) {
        return String.valueOf(IN_ORDER[place]);
    }

    /** Returns the character that represents a byte. */
    public static String of(byte b) {
        return String.valueOf(CHAR_OF_BYTE[b & 0xFF]);
    }

    /** Encodes a text in UTF-8, each byte as the character that represents it. */
    static String encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        char[] characters = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            characters[i] = CHAR_OF_BYTE[bytes[i] & 0xFF];
        }
        return new String(characters);
    }

    /** Decodes the concatenated tokens of a vocabulary; invalid UTF-8 becomes U+FFFD. */
    public static String decode(String pieces) {
        byte[] bytes = new byte[pieces.length() * 3];
        int n = 0;
        for (int i = 0; i < pieces.length(); ) {
            int c = pieces.codePointAt(i);
            int width = Character.charCount(c);
            if (c < BYTE_OF_CHAR.length && BYTE_OF_CHAR[c] >= 0) {
                bytes[n++] = (byte) BYTE_OF_CHAR[c];
            } else {
                // Not byte-level, for instance an added token in another alphabet: it represents itself.
                byte[] own = pieces.substring(i, i + width).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(own, 0, bytes, n, own.length);
                n += own.length;
            }
            i += width;
        }
        return new String(bytes, 0, n, StandardCharsets.UTF_8).replace(END_OF_WORD, " ");
    }
}
