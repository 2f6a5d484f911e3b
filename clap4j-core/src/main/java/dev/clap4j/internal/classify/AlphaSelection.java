package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import dev.clap4j.prompt.TemplatePrompts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The strength α of a head, chosen without labels: from prompts of the class names in several styles and, if there are
 * any, images of which nothing is known. No method takes a label.
 *
 * <p><b>What is measured.</b> A head is to make the answer depend on content and not on style. The styles of prompts are
 * ours to vary, so this can be watched:
 *
 * <ul>
 *   <li>With images, every class gets a prompt in another style, in all rotations; each rotation is a voter. (A style
 *       that all classes share moves all class features alike and hides the problem.) What style changes in the vote is
 *       an error for certain, whatever the truth: two different answers cannot both be right. So the measure is how
 *       often voters agree with a reference answer.
 *   <li>Without images, each prompt is held against the same class in another style and the other classes in its own
 *       style. The measure is how often content wins: the margin between classes against the spread within a class, as
 *       a contest and so without a unit.
 * </ul>
 *
 * <p><b>Why a large α cannot cheat.</b> As α grows, the residual drowns the original feature. All measures count
 * decisions, so the scale of cosines, which α changes at will, does not matter. Voters that agree because all images
 * look alike gain nothing: agreement by chance (Cohen's κ) is taken off, and a contest that ends in a tie is lost. A head
 * that is steady but wrong is caught by anchors: the half of the images about which the unchanged model is surest, by
 * the ensemble of all styles, keep that answer as their reference. Overturning it counts as an error.
 *
 * <p><b>Which candidate.</b> Of all α whose measure cannot be told from the best one's, by one standard error of the
 * paired difference, the smallest: what a head does to images beyond what is measured here is unknown and grows with α
 * (the one-standard-error rule; Breiman et al. 1984, section 3.4.3). The burden of proof is on the head: 0 stays unless
 * the best candidate beats it by two standard errors, since the best of many is a little better by luck. Prompts alone
 * cannot show damage to images, so a choice made from them deserves less trust.
 *
 * @param alpha the chosen strength
 * @param fromImages whether images took part
 * @param candidates every strength that was tried, ascending, beginning with 0
 */
public record AlphaSelection(float alpha, boolean fromImages, List<Candidate> candidates) {
    /** The strengths tried by default: the published ones lie between 0.03 and 1. */
    public static final List<Float> GRID =
            List.of(0f, 0.02f, 0.03f, 0.05f, 0.07f, 0.1f, 0.14f, 0.2f, 0.3f, 0.4f, 0.5f, 0.7f, 1f);

    /** Of more images than this, evenly spaced ones are enough: the standard error is below one percent. */
    static final int MAX_IMAGES = 4000;

    /** Fewer images than this say too little; the prompts alone decide then. */
    public static final int MIN_IMAGES = 32;

    /**
     * A strength that was tried.
     *
     * @param alpha the strength
     * @param measure style-free decisions, chance taken off with images; 1 at most
     * @param shortfall by how much the measure stays behind the best candidate's
     * @param standardError of the shortfall
     */
    public record Candidate(float alpha, double measure, double shortfall, double standardError) {
        /** Whether chance may explain that it is not the best; for the unchanged model, chance is given more room. */
        boolean isAsGoodAsTheBest() {
            return shortfall <= (alpha == 0 ? 2 : 1) * standardError;
        }
    }

    /** Makes the list unmodifiable. */
    public AlphaSelection {
        candidates = List.copyOf(candidates);
    }

    /** The prompts to choose by: the noiseless styles of the evaluation, and each image type of the templates. */
    public static List<PromptTemplate> templates() {
        List<PromptTemplate> templates = new ArrayList<>();
        for (PromptStyle style : PromptStyle.values()) {
            if (!style.isNoisy()) {
                templates.add(new PromptTemplate(style.text("{class}")));
            }
        }
        templates.addAll(TemplatePrompts.imageTypes());
        return templates;
    }

    /**
     * The features of {@link #templates()} for the classes, to choose by.
     *
     * @param encoder maps texts to their features {@code [n, D]}, not normalised, in order
     * @return one matrix {@code [k, D]} for each template
     */
    public static List<FeatureMatrix> prompts(List<String> classes, Function<List<String>, FeatureMatrix> encoder) {
        FeatureMatrix all = encoder.apply(templates().stream()
                .flatMap(template -> classes.stream().map(template::text))
                .toList());
        int k = classes.size();
        return IntStream.range(0, all.rows() / k)
                .mapToObj(t -> all.select(IntStream.range(t * k, (t + 1) * k).toArray()))
                .toList();
    }

    /**
     * Chooses by images if there are enough, else by prompts alone.
     *
     * @param map the head
     * @param prompts one matrix {@code [k, D]} for each style, at least two, the classes in the same order; not
     *     normalised
     * @param images {@code [n, D]}, not normalised; may have no rows
     * @param grid strengths to try; 0 is always tried
     */
    public static AlphaSelection choose(
            ContentMap map, List<FeatureMatrix> prompts, FeatureMatrix images, List<Float> grid) {
        return images.rows() >= MIN_IMAGES ? byImages(map, prompts, images, grid) : byPrompts(map, prompts, grid);
    }

    /** Chooses by prompts alone; parameters as in {@link #choose}. */
    public static AlphaSelection byPrompts(ContentMap map, List<FeatureMatrix> prompts, List<Float> grid) {
        check(prompts);
        List<Float> ascending = withZero(grid);
        List<double[]> outcomes = ascending.stream()
                .map(alpha -> ContentContest.wins(apply(map, prompts, alpha)))
                .toList();
        return select(ascending, outcomes, false);
    }

    /** Chooses by unlabelled images, however few (and some of very many); parameters as in {@link #choose}. */
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
            throw new IllegalArgumentException("A strength is at least 0, not " + ascending.first());
        }
        return List.copyOf(ascending);
    }

    private static List<FeatureMatrix> apply(ContentMap map, List<FeatureMatrix> prompts, float alpha) {
        return prompts.stream().map(style -> map.apply(style, alpha)).toList();
    }

    /** The one-standard-error rule over paired outcomes, {@code [candidates][items]}. */
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
