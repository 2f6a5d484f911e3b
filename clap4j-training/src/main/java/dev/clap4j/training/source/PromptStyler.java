package dev.clap4j.training.source;

import dev.clap4j.ClapException;
import dev.clap4j.prompt.Augmentation;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * PromptStyler (Cho et al. 2023): styles are pseudo-words {@code S*1, S*2, …}, learned through the frozen text encoder,
 * in prompts {@code a S*1 style of a [class]}.
 *
 * <p>As in the CLAP authors' code, a prompt's augmented form is the same class in another style.
 *
 * @param styles the number of styles, 2 to 1,000
 */
public record PromptStyler(int styles) implements PromptSource {
    /** The 80 styles of the published results. */
    public static final PromptStyler OFFICIAL = new PromptStyler(80);

    private static final int MOST = 1000;
    private static final Pattern WORD = Pattern.compile("S\\*(\\d+)");

    /**
     * Checks the number of styles.
     *
     * @throws ClapException if it is out of range
     */
    public PromptStyler {
        if (styles < 2 || styles > MOST) {
            throw new ClapException("The number of styles should be 2 to " + MOST + ", but is " + styles);
        }
    }

    static PromptStyler parse(String text, String styles) {
        try {
            return new PromptStyler(Integer.parseInt(styles));
        } catch (NumberFormatException e) {
            throw new ClapException(
                    "\"" + styles + "\" in \"" + text
                            + "\" is no number of styles; write promptstyler or promptstyler:40",
                    e);
        }
    }

    @Override
    public boolean isLearned() {
        return true;
    }

    @Override
    public String name() {
        return styles == OFFICIAL.styles ? "promptstyler" : "promptstyler:" + styles;
    }

    @Override
    public List<String> of(String className) {
        return IntStream.rangeClosed(1, styles)
                .mapToObj(number -> prompt(word(number)) + " " + className)
                .toList();
    }

    /** Returns the word of a style, numbered from 1. */
    public static String word(int number) {
        return "S*" + number;
    }

    /** Returns the prompt of a style without a class. */
    public static String prompt(String word) {
        return "a " + word + " style of a";
    }

    @Override
    public Augmentation augmentation() {
        return Augmentation.NONE;
    }

    @Override
    public String counterpart(String prompt, RandomGenerator random) {
        Matcher word = WORD.matcher(prompt);
        if (!word.find()) {
            return prompt;
        }
        int own = Integer.parseInt(word.group(1));
        int other = random.nextInt(1, styles);
        return word.replaceFirst(Matcher.quoteReplacement(word(other < own ? other : other + 1)));
    }
}
