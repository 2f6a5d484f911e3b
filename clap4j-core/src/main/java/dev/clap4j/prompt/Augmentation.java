package dev.clap4j.prompt;

import java.util.random.RandomGenerator;

/**
 * How prompts are augmented in text (CLAP, section 3): the probability of each change, applied in the order of the
 * fields.
 *
 * <p>The default is faithful to the authors' code, which leaves articles as they are: deleting the colour of
 * {@code "a red elephant"} gives {@code "a elephant"}.
 *
 * @param sizeDeletion OSD, the size goes
 * @param colourDeletion OCD, the colour goes
 * @param styleDeletion ASD, the art style goes
 * @param typeDeletion ITD, the image type goes
 * @param swap SPO, {@code "<image> of <object>"} becomes {@code "<object> in <image> style"}
 * @param replace whether the deletions put another word of the attribute, or nothing, in the deleted one's place
 * @param eda whether {@link Eda} changes what comes of all that; alone, in the authors' code
 * @param repairArticles whether {@code a} and {@code an} are made to fit again at the end
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

    /** No change at all. */
    public static final Augmentation NONE = of(0, 0, 0, 0, 0);

    /** The paper's main results: size, colour and order at one half each. */
    public static final Augmentation OFFICIAL = of(0.5, 0.5, 0, 0, 0.5);

    /** {@link Eda} alone, which needs no template to find words by. */
    public static final Augmentation EDA = NONE.withEda(true);

    /**
     * Checks the probabilities.
     *
     * @throws IllegalArgumentException if one is not between 0 and 1
     */
    public Augmentation {
        for (double p : new double[] {sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap}) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("A probability lies between 0 and 1, not at " + p);
            }
        }
    }

    /** Deletions and swap with these probabilities, articles as they fall. */
    public static Augmentation of(
            double sizeDeletion, double colourDeletion, double styleDeletion, double typeDeletion, double swap) {
        return new Augmentation(sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, false, false, false);
    }

    /**
     * An augmentation as a person writes it: {@code official}, {@code none}, or a list such as
     * {@code OSD=0.5,OCD=0.5,ASD=0.1,ITD=0.1,SPO=0.5,replace,eda,articles}. What is left out does not happen; a change without
     * a probability has 0.5.
     *
     * @throws dev.clap4j.ClapException if a name is unknown or comes twice, or a probability is none
     */
    public static Augmentation parse(String text) {
        return AugmentationText.parse(text);
    }

    /** The text that {@link #parse} reads as this. */
    public String describe() {
        return AugmentationText.of(this);
    }

    /** The same, with deleted words replaced or not. */
    public Augmentation withReplace(boolean on) {
        return new Augmentation(
                sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, on, eda, repairArticles);
    }

    /** The same, with or without EDA behind it. */
    public Augmentation withEda(boolean on) {
        return new Augmentation(
                sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, replace, on, repairArticles);
    }

    /** The same, with articles repaired or not. */
    public Augmentation withRepairArticles(boolean on) {
        return new Augmentation(sizeDeletion, colourDeletion, styleDeletion, typeDeletion, swap, replace, eda, on);
    }

    /**
     * One augmented form of a prompt.
     *
     * <p>One number is drawn for each of the five changes whatever their probabilities, so that two settings with the
     * same seed agree on the changes they share.
     */
    public String apply(String prompt, RandomGenerator random) {
        String text = prompt;
        text = vary(text, Attribute.SIZE, random.nextDouble() < sizeDeletion, random);
        text = vary(text, Attribute.COLOUR, random.nextDouble() < colourDeletion, random);
        text = vary(text, Attribute.ART_STYLE, random.nextDouble() < styleDeletion, random);
        text = vary(text, Attribute.IMAGE_TYPE, random.nextDouble() < typeDeletion, random);
        text = random.nextDouble() < swap ? swapOrder(text) : text;
        text = text.replace("  ", " ");
        text = eda ? new Eda(Synonyms.installed()).apply(text, random) : text;
        return repairArticles ? Articles.repair(text) : text;
    }

    private String vary(String text, Attribute attribute, boolean drawn, RandomGenerator random) {
        if (!drawn) {
            return text;
        }
        return replace ? attribute.replace(text, random) : attribute.delete(text);
    }

    /**
     * {@code "<image> of <object>"}, cut at the first {@code " of "}, as {@code "<object> in <image> style"}; a text
     * without {@code " of "} stays as it is.
     */
    public static String swapOrder(String text) {
        int cut = text.indexOf(" of ");
        return cut < 0 ? text : text.substring(cut + 4) + " in " + text.substring(0, cut) + " style";
    }
}
