package dev.clap4j.internal.tokenizer.pipeline;

import java.util.Map;

/** The tokens {@code <0x00>} to {@code <0xFF>} of vocabularies that spell unknown characters in UTF-8. */
public final class ByteTokens {
    private ByteTokens() {}

    /** Returns the token of a byte. */
    public static String of(int b) {
        return String.format("<0x%02X>", b & 0xFF);
    }

    /** Returns the ids of all bytes; empty if one of them is not in the vocabulary. */
    public static int[] ids(Map<String, Integer> vocabulary) {
        int[] ids = new int[256];
        for (int b = 0; b < ids.length; b++) {
            Integer id = vocabulary.get(of(b));
            if (id == null) {
                return new int[0];
            }
            ids[b] = id;
        }
        return ids;
    }
}
