package dev.clap4j.internal.tokenizer.pattern;

import dev.clap4j.internal.tokenizer.unicode.Characters;
import java.util.function.IntPredicate;

/**
 * The word pattern of GPT-2 and RoBERTa: a contraction, or letters, digits or other characters with an optional leading
 * space, or white space. The last character of the white space before a word belongs to the word if it is a space, and
 * stands alone otherwise.
 */
public final class Gpt2Words implements WordPattern {
    @Override
    public int end(String text, int begin) {
        for (String end : ClipWords.CONTRACTIONS) {
            if (text.startsWith(end, begin)) {
                return begin + end.length();
            }
        }
        int first = text.charAt(begin) == ' ' ? begin + 1 : begin;
        if (first < text.length() && !Characters.isSpace(text.codePointAt(first))) {
            return WordPattern.endOfRun(text, first, kind(text.codePointAt(first)));
        }
        int end = WordPattern.endOfRun(text, begin, Characters::isSpace);
        return end == text.length() || end == begin + 1 ? end : end - 1;
    }

    private static IntPredicate kind(int c) {
        if (Characters.isLetter(c)) {
            return Characters::isLetter;
        }
        return Characters.isNumber(c)
                ? Characters::isNumber
                : other -> !Characters.isSpace(other) && !Characters.isLetter(other) && !Characters.isNumber(other);
    }
}
