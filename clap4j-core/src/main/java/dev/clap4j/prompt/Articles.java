package dev.clap4j.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The English indefinite article, chosen by the next letter as in the template prompts. */
final class Articles {
    private static final Pattern ARTICLE = Pattern.compile("\\b([aA])n?(?= +([a-zA-Z]))");

    private Articles() {}

    /** Prefixes words with an article: {@code "an impressionistic"}, {@code "a realistic"}. */
    static String with(String words) {
        return (startsWithVowel(words) ? "an " : "a ") + words;
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
