package dev.clap4j.internal.tokenizer.pipeline;

import dev.clap4j.internal.tokenizer.unicode.Characters;
import dev.clap4j.internal.tokenizer.unicode.LowerCase;
import dev.clap4j.internal.tokenizer.unicode.Unicode8;
import java.util.function.IntPredicate;

/**
 * BERT's normalizer.
 *
 * @param cleanText whether control characters are removed, and white space becomes a space
 * @param spaceIdeographs whether there are spaces around ideographs, so that each is a word
 * @param stripAccents whether letters lose their accents
 * @param lowercase whether letters become small
 * @param original whether to follow Google's own code in what Hugging Face's differs: private characters stay, a sigma
 *     at the end of a word becomes a final one, there is a block of ideographs more, and classes of characters are those
 *     of the running Java instead of Unicode 8
 */
public record BertNormalizer(
        boolean cleanText, boolean spaceIdeographs, boolean stripAccents, boolean lowercase, boolean original)
        implements Normalizer {
    private static final int[][] IDEOGRAPHS = {
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xF900, 0xFAFF},
        {0x20000, 0x2A6DF},
        {0x2A700, 0x2B81F},
        {0x2B920, 0x2CEAF},
        {0x2F800, 0x2FA1F}
    };

    private static final int[] MORE_IDEOGRAPHS = {0x2B820, 0x2B91F};

    @Override
    public boolean cutsBeginning() {
        return cleanText;
    }

    @Override
    public String apply(String text, int most) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> add(c, result));
        String clean = result.toString();
        if (stripAccents) {
            clean = withoutAccents(clean);
        }
        if (!lowercase) {
            return clean;
        }
        return original ? LowerCase.ofText(clean) : LowerCase.ofCharacters(clean);
    }

    private void add(int c, StringBuilder result) {
        boolean blank = Characters.isSpace(c);
        if (cleanText && (c == 0 || c == 0xFFFD || isControl(c))) {
            return;
        }
        if (cleanText && blank) {
            result.append(' ');
        } else if (spaceIdeographs && isIdeograph(c)) {
            result.append(' ').appendCodePoint(c).append(' ');
        } else {
            result.appendCodePoint(c);
        }
    }

    private boolean isControl(int c) {
        if (!original) {
            return Unicode8.isOther(c);
        }
        boolean blank = c == '\t' || c == '\n' || c == '\r';
        return !blank && (Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
    }

    private boolean isIdeograph(int c) {
        for (int[] range : IDEOGRAPHS) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        return original && c >= MORE_IDEOGRAPHS[0] && c <= MORE_IDEOGRAPHS[1];
    }

    private String withoutAccents(String text) {
        IntPredicate marks = original ? Characters::isNonSpacingMark : Unicode8::isNonSpacingMark;
        StringBuilder kept = new StringBuilder(text.length());
        java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> !marks.test(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
