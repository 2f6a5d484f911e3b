package dev.clap4j.internal.tokenizer.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's own normalizer: at every position the longest key of the map is replaced, and spaces become {@code ▁}.
 *
 * @param map the map of characters, or null if characters stay as they are
 * @param options the treatment of white space
 */
public record SentencePieceNormalizer(CharacterMap map, Options options) implements Normalizer {
    /** Stands for a space in vocabularies. */
    public static final char SPACE = '\u2581';

    /**
     * The treatment of white space.
     *
     * @param addDummyPrefix whether a text that is not blank gets a space in front
     * @param removeExtraWhitespaces whether spaces at the ends are removed, and others collapsed
     * @param escapeWhitespaces whether spaces become {@code ▁}
     */
    public record Options(boolean addDummyPrefix, boolean removeExtraWhitespaces, boolean escapeWhitespaces) {}

    @Override
    public String apply(String text, int most) {
        String space = options.escapeWhitespaces ? String.valueOf(SPACE) : " ";
        StringBuilder result = new StringBuilder(text.length() + 1);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean afterSpace = options.removeExtraWhitespaces;
        int next;
        for (int i = 0; i < bytes.length; i = next) {
            CharacterMap.Found found = map == null ? null : map.find(bytes, i, bytes.length, true);
            next = i + (found == null ? width(bytes[i]) : found.length());
            String piece = found == null ? new String(bytes, i, next - i, StandardCharsets.UTF_8) : found.replacement();
            if (afterSpace) {
                piece = withoutLeadingSpaces(piece);
            }
            if (result.isEmpty() && options.addDummyPrefix && !piece.isEmpty()) {
                result.append(space);
            }
            result.append(piece.replace(" ", space));
            if (!piece.isEmpty()) {
                afterSpace = options.removeExtraWhitespaces && piece.endsWith(" ");
            }
            Normalizer.requireLength(result, most);
        }
        while (options.removeExtraWhitespaces && endsWith(result, space)) {
            result.setLength(result.length() - 1);
        }
        return result.toString();
    }

    private static int width(byte first) {
        int leading = Integer.numberOfLeadingZeros(~(first << 24));
        return leading == 0 ? 1 : leading;
    }

    private static String withoutLeadingSpaces(String text) {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        return text.substring(begin);
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() > 0 && text.charAt(text.length() - 1) == end.charAt(0);
    }
}
