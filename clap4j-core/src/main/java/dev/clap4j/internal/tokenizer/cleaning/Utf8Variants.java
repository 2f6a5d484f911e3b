package dev.clap4j.internal.tokenizer.cleaning;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Decodes UTF-8 and its variants that encode characters beyond U+FFFF as two surrogates (CESU-8) and U+0000 as the
 * bytes C0 80 (Java). Bytes are represented by the characters U+0000 to U+00FF.
 */
final class Utf8Variants {
    private static final Pattern SURROGATES =
            Pattern.compile("\\xED[\\xA0-\\xAF][\\x80-\\xBF]\\xED[\\xB0-\\xBF][\\x80-\\xBF]");

    private Utf8Variants() {}

    /** Decodes bytes; empty if they are not UTF-8. */
    static Optional<String> decode(String bytes) {
        String plain = bytes;
        if (plain.indexOf(0xED) >= 0) {
            plain = SURROGATES.matcher(plain).replaceAll(Utf8Variants::joined);
        }
        if (plain.indexOf(0xC0) >= 0) {
            plain = plain.replace("\u00C0\u0080", "\0");
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String joined(MatchResult surrogates) {
        String six = surrogates.group();
        int high = ((six.charAt(1) & 0x0F) << 6) | (six.charAt(2) & 0x3F);
        int low = ((six.charAt(4) & 0x0F) << 6) | (six.charAt(5) & 0x3F);
        byte[] utf8 = Character.toString(0x10000 + (high << 10) + low).getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }
}
