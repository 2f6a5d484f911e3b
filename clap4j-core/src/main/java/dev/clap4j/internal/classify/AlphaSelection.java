package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The alpha of a head, selected without labels: from prompts of the class names in several styles and, if available,
 * unlabelled images. No method takes labels.
 *
 * <p><b>Measure.</b> A head should make predictions depend on content and not on style. Since we control the style of
 * prompts, we can measure this:
 * <ul>
 * <li>With images, each class gets a prompt in a different style, in all rotations; each rotation is a voter. (A style
 * common to all classes would shift all class features alike and hide the problem.) If style changes a vote, there is
 * an error regardless of the true label, since two different answers cannot both be right. The measure is therefore the
 * rate at which voters agree with a reference answer.
 * <li>Without images, each prompt is compared with its own class in another style and with the other classes in its own
 * style. The measure is the rate at which content wins: the margin between classes against the spread within a class,
 * as a contest and therefore scale-free.
 * </ul>
 *
 * <p><b>Large values of alpha.</b> As alpha grows, the residual dominates the original feature. All measures count
 * decisions, so they do not depend on the scale of the cosines, which changes with alpha. Voters that agree because all
 * images look alike gain nothing: agreement by chance is subtracted (Cohen's kappa), and a tied contest counts as lost.
 * Anchors guard against a head that is consistent but wrong: the half of the images on which the unchanged model is
 * most confident, by the ensemble of all styles, keep its answer as their reference. Changing it counts as an error.
 *
 * <p><b>Selection.</b> Among all values of alpha whose measure is within one standard error of the paired difference
 * from the best one, the smallest is selected, since the effect of a head on images beyond those measured is unknown
 * and grows with alpha (the one-standard-error rule; Breiman et al. 1984, section 3.4.3). Zero is kept unless the best
 * candidate exceeds it by two standard errors, since the best of many candidates is partly best by chance. Prompts
 * alone cannot reveal damage to images, so a selection from prompts is less reliable.
 *
 * @param alpha the selected alpha
 * @param fromImages whether images were used
 * @param candidates all values that were tried, ascending, beginning with 0
 */
public record AlphaSelection(float alpha, boolean fromImages, List<Candidate> candidates) {
    /** The values tried by default; the published ones lie between 0.03 and 1. */
    public static final List<Float> GRID =
            List.of(0f, 0.02f, 0.03f, 0.05f, 0.07f, 0.1f, 0.14f, 0.2f, 0.3f, 0.4f, 0.5f, 0.7f, 1f);

    /** The maximum number of images used, evenly spaced; the standard error is then below one percent. */
    static final int MAX_IMAGES = 4000;

    /** The minimum number of images; with fewer, only the prompts are used. */
    public static final int MIN_IMAGES = 32;

    /**
     * A candidate value of alpha.
     *
     * @param alpha the value
     * @param measure the rate of style-independent decisions, corrected for chance if images were used; at most 1
     * @param shortfall the difference to the measure of the best candidate
     * @param standardError the standard error of the shortfall
     */
    public record Candidate(float alpha, double measure, double shortfall, double standardError) {
        /** Returns whether the shortfall is within one standard error, or two for the unchanged model. */
        boolean isAsGoodAsTheBest() {
            return shortfall <= (alpha == 0 ? 2 : 1) * standardError;
        }
    }

    /** Makes the list unmodifiable. */
    public AlphaSelection {
        candidates = List.copyOf(candidates);
    }

    /** Returns a sentence on the choice and what it was made from, and for 0 what that means. */
    public String describe() {
        return "α=" + alpha + " was chosen by " + (fromImages ? "the prompts and the images" : "the prompts alone")
                + ", without labels"
                + (alpha == 0 ? ": no larger value is clearly better, so the head has no effect" : "");
    }

    /**
     * Returns the prompt templates for the selection in a language: the noiseless styles of the evaluation, and every
     * image type of the templates; one that is both, as in Chinese, stands once.
     */
    public static List<PromptTemplate> templates(PromptLanguage language) {
        List<PromptTemplate> templates = new ArrayList<>();
        for (PromptStyle style : PromptStyle.values()) {
            if (!style.isNoisy()) {
                templates.add(new PromptTemplate(language.template(style).text("{class}")));
            }
        }
        templates.addAll(language.imageTypes());
        return templates.stream().distinct().toList();
    }

    /**
     * Returns the features of the classes in all {@link #templates}.
     *
     * @param language that of the head's prompts, or of those it will be used with
     * @param encoder maps texts to their features {@code [n, D]}, not normalised, in order
     * @return one matrix {@code [k, D]} for each template
     */
    public static List<FeatureMatrix> prompts(
            List<String> classes, PromptLanguage language, Function<List<String>, FeatureMatrix> encoder) {
        FeatureMatrix all = encoder.apply(templates(language).stream()
                .flatMap(template -> classes.stream().map(template::text))
                .toList());
        return all.parts(classes.size());
    }

    /**
     * Selects alpha from images if there are enough, otherwise from prompts only.
     *
     * @param map the head
     * @param prompts one matrix {@code [k, D]} for each style, at least two, with the classes in the same order; not
     *     normalised
     * @param images {@code [n, D]}, not normalised; may have no rows
     * @param grid values to try; 0 is always tried
     */
    public static AlphaSelection choose(
            ContentMap map, List<FeatureMatrix> prompts, FeatureMatrix images, List<Float> grid) {
        return images.rows() >= MIN_IMAGES ? byImages(map, prompts, images, grid) : byPrompts(map, prompts, grid);
    }

    /** Selects alpha from prompts only; parameters as in {@link #choose}. */
    public static AlphaSelection byPrompts(ContentMap map, List<FeatureMatrix> prompts, List<Float> grid) {
        check(prompts);
        List<Float> ascending = withZero(grid);
        List<double[]> outcomes = ascending.stream()
                .map(alpha -> ContentContest.wins(apply(map, prompts, alpha)))
                .toList();
        return select(ascending, outcomes, false);
    }

    /** Selects alpha from unlabelled images, even if there are few; parameters as in {@link #choose}. */
    public static AlphaSelection byImages(
            ContentMap map, List<FeatureMatrix> prompts, FeatureMatrix images, List<Float> grid) {
        check(prompts);
        if (images.rows() == 0) {
            throw new IllegalArgumentException("There are no images to choose by");
        }
        List<Float> ascending = withZero(grid);
        FeatureMatrix sample = sample(images);
        int[] anchors =
                VoterAgreement.of(apply(map, prompts, 0), map.apply(sample, 0)).anchors();
        List<double[]> outcomes = ascending.stream()
                .map(alpha -> VoterAgreement.of(apply(map, prompts, alpha), map.apply(sample, alpha))
                        .beyondChance(anchors))
                .toList();
        return select(ascending, outcomes, true);
    }

    private static FeatureMatrix sample(FeatureMatrix images) {
        int n = images.rows();
        return n <= MAX_IMAGES
                ? images
                : images.select(IntStream.range(0, MAX_IMAGES)
                        .map(i -> (int) ((long) i * n / MAX_IMAGES))
                        .toArray());
    }

    private static void check(List<FeatureMatrix> prompts) {
        if (prompts.size() < 2
                || prompts.stream().mapToInt(FeatureMatrix::rows).distinct().count() > 1) {
            throw new IllegalArgumentException("At least two styles of prompts, with the same classes, are needed");
        }
    }

    private static List<Float> withZero(List<Float> grid) {
        TreeSet<Float> ascending = new TreeSet<>(grid);
        ascending.add(0f);
        if (ascending.first() < 0) {
            throw new IllegalArgumentException("An alpha should be at least 0, not " + ascending.first());
        }
        return List.copyOf(ascending);
    }

    private static List<FeatureMatrix> apply(ContentMap map, List<FeatureMatrix> prompts, float alpha) {
        return prompts.stream().map(style -> map.apply(style, alpha)).toList();
    }

    /** Applies the one-standard-error rule to paired outcomes, {@code [candidates][items]}. */
    private static AlphaSelection select(List<Float> grid, List<double[]> outcomes, boolean fromImages) {
        double[] best = outcomes.get(0);
        for (double[] outcome : outcomes) {
            best = mean(outcome) > mean(best) ? outcome : best;
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            candidates.add(compare(grid.get(i), outcomes.get(i), best));
        }
        float chosen = candidates.stream()
                .filter(Candidate::isAsGoodAsTheBest)
                .findFirst()
                .orElseThrow()
                .alpha();
        return new AlphaSelection(chosen, fromImages, candidates);
    }

    private static Candidate compare(float alpha, double[] outcome, double[] best) {
        int n = outcome.length;
        double shortfall = mean(best) - mean(outcome);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = best[i] - outcome[i] - shortfall;
            squares += deviation * deviation;
        }
        double standardError = n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n);
        return new Candidate(alpha, mean(outcome), shortfall, standardError);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
