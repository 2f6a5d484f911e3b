package dev.clap4j.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The English indefinite article, chosen by the next letter as in the template prompts. */
final class Articles {
    private static final Pattern ARTICLE = Pattern.compile("\\b([aA])n?(?= +([a-zA-Z]))");

    private Articles() {}

    /** Returns the article before words: {@code an} before {@code impressionistic}, {@code a} before {@code realistic}. */
    static String before(String words) {
        return startsWithVowel(words) ? "an" : "a";
    }

    /** Adjusts every {@code a} and {@code an} in a text to the letter that follows. */
    static String repair(String text) {
        Matcher matcher = ARTICLE.matcher(text);
        return matcher.replaceAll(match -> match.group(1) + (startsWithVowel(match.group(2)) ? "n" : ""));
    }

    private static boolean startsWithVowel(String words) {
        return !words.isEmpty() && "aeiouAEIOU".indexOf(words.charAt(0)) >= 0;
    }
}
