package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The prompts used in zero-shot evaluation (CLAP, section 4.1). */
public enum PromptStyle {
    /** The class name alone. */
    C,
    /** The photo first. */
    PC,
    /** The class first. */
    CP,
    /** The class name after Gaussian noise vectors, which the encoder inserts among the token embeddings. */
    NC;

    /** Returns the English prompt of a class; for {@link #NC} without its noise. */
    public String text(String className) {
        return PromptLanguage.ENGLISH.template(this).text(className);
    }

    /** Returns whether noise vectors precede the text. */
    public boolean isNoisy() {
        return this == NC;
    }

    /**
     * Parses a list of styles such as {@code "C,PC,CP,NC"}, in upper or lower case.
     *
     * @throws ClapException if a name is unknown or repeated
     */
    public static List<PromptStyle> parse(String commaSeparated) {
        List<PromptStyle> styles = Arrays.stream(commaSeparated.split(",", -1))
                .map(name -> one(name.strip()))
                .toList();
        if (styles.stream().distinct().count() < styles.size()) {
            throw new ClapException("A prompt style is named twice in \"" + commaSeparated + "\"");
        }
        return styles;
    }

    private static PromptStyle one(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ClapException(
                    "Unknown prompt style \"" + name + "\""
                            + NearestName.hint(
                                    name,
                                    Arrays.stream(values())
                                            .map(PromptStyle::name)
                                            .toList())
                            + "; there are " + Arrays.toString(values())
                            + ". For your own words, use a template such as \"a blurry picture of a {class}\"",
                    e);
        }
    }
}
