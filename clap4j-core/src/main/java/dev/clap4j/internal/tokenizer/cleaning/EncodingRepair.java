package dev.clap4j.internal.tokenizer.cleaning;

import java.util.Optional;

/** Decodes mojibake: UTF-8 that was decoded in a single-byte encoding, once or several times, in whole or in part. */
final class EncodingRepair {
    private static final int MOST_ROUNDS = 50;

    /** The maximum number of nested decodings. */
    private static final int MOST_DEPTH = 20;

    private EncodingRepair() {}

    /** Decodes all mojibake in a text. */
    static String repair(String text) {
        return repair(text, 0);
    }

    private static String repair(String text, int depth) {
        String result = text;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String before = result;
            result = step(result, depth);
            if (result.equals(before)) {
                break;
            }
        }
        return result;
    }

    private static String step(String text, int depth) {
        if (!Mojibake.isIn(text)) {
            return text;
        }
        for (SingleByteEncoding encoding : SingleByteEncoding.ALL) {
            Optional<String> decoded = encoding.encode(text).flatMap(bytes -> decode(encoding, bytes));
            if (decoded.isPresent()) {
                return decoded.get();
            }
        }
        String mended = depth == MOST_DEPTH
                ? text
                : MojibakeRuns.replace(text, run -> Mojibake.isIn(run) ? repair(run, depth + 1) : run);
        return mended.equals(text) ? withoutControls(text) : mended;
    }

    private static Optional<String> decode(SingleByteEncoding encoding, String bytes) {
        String restored = encoding.takesDashForLetter() ? bytes : DamagedUtf8.restoreSpaces(bytes);
        return Utf8Variants.decode(encoding.isLossy() ? DamagedUtf8.replaceLost(restored) : restored);
    }

    /** Replaces the control characters U+0080 to U+009F by their Windows-1252 counterparts. */
    private static String withoutControls(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(c >= 0x80 && c < 0xA0 ? SingleByteEncoding.WINDOWS_1252.character(c) : c);
        }
        return result.toString();
    }
}
