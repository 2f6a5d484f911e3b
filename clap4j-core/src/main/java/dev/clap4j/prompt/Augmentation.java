package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import java.util.random.RandomGenerator;

/**
 * Text augmentation of prompts (CLAP, section 3): the probability of each change, in the order of application.
 *
 * <p>The default is faithful to the authors' code, which does not adjust articles: deleting the colour of {@code "a red
 * elephant"} gives {@code "a elephant"}.
 *
 * @param sizeDeletion object size deletion (OSD)
 * @param colourDeletion object colour deletion (OCD)
 * @param styleDeletion art style deletion (ASD)
 * @param typeDeletion image type deletion (ITD)
 * @param swap swapping of the prompt's order (SPO): {@code "<image> of <object>"} becomes {@code "<object> in <image>
 *     style"}
 * @param replace whether a deletion replaces the word by another one of the attribute, or none
 * @param eda whether {@link Eda} is applied afterwards; in the authors' code, it is only used alone
 * @param repairArticles whether {@code a} and {@code an} are adjusted at the end
 */
public record Augmentation(
        double sizeDeletion,
        double colourDeletion,
        double styleDeletion,
        double typeDeletion,
        double swap,
        boolean replace,
        boolean eda,
        boolean repairArticles) {

    /** No augmentation. */
    public static final Augmentation NONE = of(0, 0, 0, 0, 0);

    /** The augmentation of the paper's main results: size, colour and order with a probability of one half each. */
    public static final Augmentation OFFICIAL = of(0.5, 0.5, 0, 0, 0.5);

    /** {@link Eda} alone, which does not rely on template words. */
    public static final Augmentation EDA = NONE.withEda(true);

    /**
     * Checks the probabilities.
     *
     * @throws IllegalArgumentException if one is not between 0 and 1
     */
    public Augmentation {
        for (double p : new double[] {sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("A probability should be between 0 and 1, not " + p);
            }
        }
    }

    /** Creates an augmentation by deletion and swapping with these probabilities, without adjusting articles. */
    public static Augmentation of(
            double sizeDeletion, double colourDeletion, double styleDeletion, double typeDeletion, double swap) {
        return new Augmentation(sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, false, false, false);
    }

    /**
     * Parses an augmentation: {@code official}, {@code none}, or a list such as {@code
     * OSD=0.5,OCD=0.5,ASD=0.1,ITD=0.1,SPO=0.5,replace,eda,articles}. Changes not listed are off; without a probability,
     * 0.5 is used.
     *
     * @throws ClapException if a name is unknown or repeated, or a probability is invalid
     */
    public static Augmentation parse(String text) {
        return AugmentationText.parse(text);
    }

    /** Returns the text that {@link #parse} reads as this augmentation. */
    public String describe() {
        return AugmentationText.of(this);
    }

    /** Returns this augmentation with deleted words replaced or not. */
    public Augmentation withReplace(boolean on) {
        return new Augmentation(
                sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, on, eda, repairArticles);
    }

    /** Returns this augmentation with or without EDA. */
    public Augmentation withEda(boolean on) {
        return new Augmentation(
                sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, replace, on, repairArticles);
    }

    /** Returns this augmentation with articles adjusted or not. */
    public Augmentation withRepairArticles(boolean on) {
        return new Augmentation(sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, replace, eda, on);
    }

    /** Augments an English prompt, see {@link #apply(String, PromptLanguage, RandomGenerator)}. */
    public String apply(String prompt, RandomGenerator random) {
        return apply(prompt, PromptLanguage.ENGLISH, random);
    }

    /**
     * Augments a prompt.
     *
     * <p>One random number is drawn for each of the five changes whatever their probabilities, so that two settings
     * with the same seed agree on the changes they share.
     *
     * @throws ClapException if EDA or articles are wanted in another language than English
     */
    public String apply(String prompt, PromptLanguage language, RandomGenerator random) {
        requireFits(language);
        String text = prompt;
        text = vary(text, language, Attribute.SIZE, random.nextDouble() < sizeDeletion, random);
        text = vary(text, language, Attribute.COLOUR, random.nextDouble() < colourDeletion, random);
        text = vary(text, language, Attribute.ART_STYLE, random.nextDouble() < styleDeletion, random);
        text = vary(text, language, Attribute.IMAGE_TYPE, random.nextDouble() < typeDeletion, random);
        text = random.nextDouble() < swap ? language.swapOrder(text) : text;
        text = text.replace("  ", " ");
        text = eda ? new Eda(Synonyms.installed()).apply(text, random) : text;
        return repairArticles ? Articles.repair(text) : text;
    }

    private void requireFits(PromptLanguage language) {
        if ((eda || repairArticles) && !language.code().equals(PromptLanguage.ENGLISH.code())) {
            throw new ClapException(
                    (eda ? "eda" : "articles") + " is for English prompts, not for those in " + language.code());
        }
    }

    private String vary(
            String text, PromptLanguage language, Attribute attribute, boolean drawn, RandomGenerator random) {
        if (!drawn) {
            return text;
        }
        return replace ? language.replace(attribute, text, random) : language.delete(attribute, text);
    }
}
