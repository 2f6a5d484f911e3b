package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.List;

/**
 * CLIP's word pattern: a special word, an English contraction ({@code 's}), a run of letters, a single digit, or a run
 * of anything else but white space.
 *
 * @param special special words, which are looked for first
 * @param ignoreCase whether to ignore case, as in OpenAI's and open_clip's own pattern: then the long s counts as an s,
 *     and the combining iota U+0345, one of whose case variants is a letter, is not part of any word
 */
public record ClipWords(List<String> special, boolean ignoreCase) implements WordPattern {
    /** English contractions. */
    static final List<String> CONTRACTIONS = List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");

    private static final int COMBINING_IOTA = 0x345;

    /** The pattern in Hugging Face's {@code tokenizer.json} of CLIP. */
    public static final ClipWords EXACT = new ClipWords(List.of(), false);

    public ClipWords {
        special = List.copyOf(special);
    }

    @Override
    public int end(String text, int begin) {
        int c = text.codePointAt(begin);
        if (Characters.isSpace(c)) {
            return begin;
        }
        for (String word : special) {
            if (startsWith(text, begin, word)) {
                return begin + word.length();
            }
        }
        if (c == '\'') {
            for (String end : CONTRACTIONS) {
                if (startsWith(text, begin, end)) {
                    return begin + end.length();
                }
            }
        }
        if (Characters.isLetter(c)) {
            return WordPattern.endOfRun(text, begin, Characters::isLetter);
        }
        if (Characters.isNumber(c)) {
            return begin + Character.charCount(c);
        }
        return WordPattern.endOfRun(text, begin, this::isOther);
    }

    private boolean isOther(int c) {
        return !Characters.isSpace(c)
                && !Characters.isLetter(c)
                && !Characters.isNumber(c)
                && !(ignoreCase && c == COMBINING_IOTA);
    }

    private boolean startsWith(String text, int begin, String word) {
        if (!ignoreCase) {
            return text.startsWith(word, begin);
        }
        if (text.length() - begin < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(begin + i);
            if (c != word.charAt(i) && folded(c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        return c == '\u017F' ? 's' : Character.toLowerCase(c);
    }
}
