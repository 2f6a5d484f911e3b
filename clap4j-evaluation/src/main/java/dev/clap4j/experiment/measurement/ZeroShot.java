package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.Derived;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.MeasurementKind.Values;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import dev.clap4j.training.source.PromptLanguages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Zero-shot accuracy (CLAP, section 4.1): every image is assigned the class of its nearest prompt. Its sensitivity to the
 * prompt is shown by the range and deviation over C, PC and CP, and by the loss from noise before the class name.
 *
 * <p>Every text, noisy or not, is encoded once for all methods, so that methods see the same noise.
 *
 * @param prompts the prompt sets, at least one
 * @param noiseBatch the number of images that share one draw of noise
 * @param seed the seed of the noise
 */
public record ZeroShot(List<PromptSet> prompts, int noiseBatch, long seed) implements Measurement {
    /** Accuracy under one prompt set. */
    public static final Measure ACCURACY =
            Measure.accuracy("zeroshot", "Zero-shot, {prompt}, {data} domains", "{prompt}");
    /** The mean under C, PC and CP. */
    public static final Measure MEAN =
            Measure.accuracy("zeroshot-mean", "Zero-shot, mean of C, PC and CP, {data} domains", "mean of C, PC, CP");
    /** R, the range over C, PC and CP. */
    public static final Measure RANGE =
            Measure.loss("zeroshot-range", "R, range over C, PC and CP, {data} domains", "R");
    /** δ, the population standard deviation over C, PC and CP. */
    public static final Measure DEVIATION =
            Measure.loss("zeroshot-deviation", "δ, deviation over C, PC and CP, {data} domains", "δ");
    /** Δ(NC), the accuracy under C minus that under NC. */
    public static final Measure NOISE_DROP =
            Measure.loss("zeroshot-noise-drop", "Δ(NC), loss by noise in the prompt, {data} domains", "Δ(NC)");

    /** The default number of images that share one draw of noise. */
    public static final int NOISE_BATCH = 64;

    /** The prompts of the paper. */
    public static final List<PromptSet> STYLES =
            Stream.of(PromptStyle.values()).map(PromptSet::of).toList();

    /** The prompts of the paper without noise: C, PC and CP. */
    public static final List<PromptSet> CLEAN =
            STYLES.stream().filter(set -> !set.noisy()).toList();

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "zeroshot",
            List.of(
                    "Measure CLIP, and heads, on labelled images by class names alone.",
                    "The tables show the accuracy for each domain and prompt, its mean over the domains, the range (R) and"
                            + " standard deviation (δ) of the means over C, PC and CP, and how much noise costs (Δ(NC))."),
            List.of(
                    new Setting(
                            "template",
                            "TEXT",
                            "A prompt with {class} where the class name should stand; may be given several times.",
                            null,
                            true),
                    new Setting(
                            "templates",
                            "FILE",
                            "A file of such prompts, one a line, whose features are averaged.",
                            null),
                    new Setting(
                            "styles",
                            "C,PC,CP,NC",
                            "The prompts: C the class name, PC 'a photo of a …', CP 'a … in a photo', NC the name after noise"
                                    + " (default: all four, or none if templates are given).",
                            null),
                    new Setting(
                            "language",
                            "en|zh|FILE.yaml",
                            "The language of the styles: English, Chinese, or one described in a file.",
                            PromptLanguage.ENGLISH.code()),
                    new Setting(
                            "noise-batch", "N", "Images that share one draw of noise.", String.valueOf(NOISE_BATCH)),
                    new Setting("seed", "S", "Seed of the noise, and of the draw of images at a limit.", "0")),
            values -> new ZeroShot(prompts(values), values.whole("noise-batch"), values.seed("seed")),
            List.of(ACCURACY, MEAN, RANGE, DEVIATION, NOISE_DROP));

    private static List<PromptSet> prompts(Values values) {
        List<PromptSet> prompts = new ArrayList<>();
        String file = values.text("templates");
        boolean own = file != null || !values.all("template").isEmpty();
        if (!own || values.text("styles") != null) {
            PromptLanguage language = PromptLanguages.parse(values.text("language"));
            Optional.ofNullable(values.text("styles"))
                    .map(PromptStyle::parse)
                    .orElse(List.of(PromptStyle.values()))
                    .forEach(style -> prompts.add(PromptSet.of(style, language)));
        }
        values.all("template").forEach(template -> prompts.add(PromptSet.of(new PromptTemplate(template))));
        if (file != null) {
            prompts.add(PromptSet.ofFile(Path.of(file)));
        }
        return prompts;
    }

    private static final List<String> CLEAN_NAMES =
            CLEAN.stream().map(PromptSet::name).toList();
    private static final List<String> NOISE = List.of(PromptStyle.C.name(), PromptStyle.NC.name());

    /** Makes the list unmodifiable. */
    public ZeroShot {
        prompts = List.copyOf(prompts);
        if (noiseBatch < 1) {
            throw new ClapException("At least one image shares a draw of noise, not " + noiseBatch);
        }
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("prompts", prompts.stream().map(ZeroShot::describe).collect(Collectors.joining(", ")));
        options.put("noise-batch", String.valueOf(noiseBatch));
        options.put("seed", String.valueOf(seed));
        return options;
    }

    /** Returns the name of a prompt set, and the text of a style in another language than English. */
    private static String describe(PromptSet set) {
        boolean isStyle = STYLES.stream().anyMatch(style -> style.name().equals(set.name()));
        return isStyle && !STYLES.contains(set)
                ? set.name() + " (" + set.templates().get(0).pattern() + ")"
                : set.name();
    }

    @Override
    public Layout layout() {
        return KIND.layout(
                "Zero-shot",
                List.of(
                        new Layout.Table(
                                "Accuracy in percent.",
                                List.of(Condition.METHOD, Condition.PROMPT),
                                List.of(ACCURACY),
                                true),
                        new Layout.Table(
                                "sensitivity to the prompt",
                                "Sensitivity to the prompt, in percentage points; less is better.",
                                List.of(Condition.METHOD),
                                List.of(MEAN, RANGE, DEVIATION, NOISE_DROP),
                                false)),
                List.of(new Layout.Plot(
                        "Zero-shot accuracy by prompt and domain",
                        List.of(ACCURACY),
                        Condition.PROMPT,
                        Condition.DOMAIN,
                        "")));
    }

    @Override
    public List<Derived> derived() {
        return List.of(
                new Derived(MEAN, ACCURACY, Condition.PROMPT, CLEAN_NAMES, Metrics::mean),
                new Derived(RANGE, ACCURACY, Condition.PROMPT, CLEAN_NAMES, Metrics::range),
                new Derived(DEVIATION, ACCURACY, Condition.PROMPT, CLEAN_NAMES, Metrics::deviation),
                new Derived(NOISE_DROP, ACCURACY, Condition.PROMPT, NOISE, values -> values.get(0) - values.get(1)));
    }

    @Override
    public List<String> texts(List<String> classes) {
        return prompts.stream()
                .filter(set -> !set.noisy())
                .flatMap(set -> set.texts(classes).stream())
                .toList();
    }

    /** Replaces the paper's four prompts, which are the default, by all that are given. */
    @Override
    public ZeroShot withPrompts(Function<List<String>, List<PromptSet>> given) {
        List<String> names = prompts.equals(STYLES)
                ? List.of()
                : prompts.stream().map(PromptSet::name).toList();
        return new ZeroShot(given.apply(names), noiseBatch, seed);
    }

    @Override
    public List<Cell> cells(Context context) {
        return prompts.stream()
                .map(set -> Cell.of(Condition.NONE.with(Condition.PROMPT, set.name())))
                .toList();
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        PromptSet set = prompts.stream()
                .filter(each -> each.name().equals(cell.condition().get(Condition.PROMPT)))
                .findFirst()
                .orElseThrow();
        Subject subject = context.subject();
        List<List<FeatureMatrix>> mapped = context.shared("all mapped", "", () -> subject.methods().stream()
                .map(method -> subject.images().mapped(method::apply))
                .toList());
        List<List<int[]>> predicted = set.noisy() ? noisy(set, subject, mapped) : clean(set, subject, mapped);
        List<ImageValues> values = new ArrayList<>();
        for (int m = 0; m < predicted.size(); m++) {
            Condition condition = subject.condition(subject.methods().get(m)).and(cell.condition());
            for (int d = 0; d < predicted.get(m).size(); d++) {
                values.add(ImageValues.of(
                        ACCURACY,
                        condition.with(Condition.DOMAIN, subject.domain(d)),
                        ImageValues.correct(predicted.get(m).get(d), subject.labels(d))));
            }
        }
        return Results.ofImages(values);
    }

    /** Returns class numbers by method and domain. */
    private static List<List<int[]>> clean(PromptSet set, Subject subject, List<List<FeatureMatrix>> mapped) {
        List<String> classes = subject.dataset().classes();
        FeatureMatrix texts = subject.texts().encode(set.texts(classes));
        return IntStream.range(0, mapped.size())
                .mapToObj(m -> {
                    ZeroShotClassifier classifier =
                            classifier(classes, subject.methods().get(m), texts);
                    return mapped.get(m).stream().map(classifier::predict).toList();
                })
                .toList();
    }

    private static ZeroShotClassifier classifier(List<String> classes, Method method, FeatureMatrix texts) {
        return ZeroShotClassifier.of(classFeatures(classes, method, texts), 1);
    }

    /**
     * Returns a method's features of the classes; several templates are averaged.
     *
     * @param texts the features of {@link PromptSet#texts}, before the method
     * @return {@code [k, O]}, with the classes as ids
     */
    public static FeatureMatrix classFeatures(List<String> classes, Method method, FeatureMatrix texts) {
        return FeatureMatrix.ensemble(method.apply(texts).parts(classes.size())).withIds(classes);
    }

    /** Images of a domain that share a draw of noise: {@code from} inclusive to {@code to} exclusive. */
    private record Batch(int domain, int from, int to) {}

    /** Like {@link #clean}, with new noise for each batch of images. */
    private List<List<int[]>> noisy(PromptSet set, Subject subject, List<List<FeatureMatrix>> mapped) {
        PromptNoise noise = new PromptNoise(seed, subject.texts().contextWidth());
        List<String> classes = subject.dataset().classes();
        List<String> texts = set.texts(classes);
        List<FeatureMatrix> images = subject.images().images();
        List<List<int[]>> predictions = mapped.stream()
                .map(m -> images.stream().map(domain -> new int[domain.rows()]).toList())
                .toList();
        for (List<Batch> group : Blocks.of(batches(images), PromptNoise.batchesAtOnce(texts.size()))) {
            List<ContextText> noisy = new ArrayList<>();
            group.forEach(batch -> noisy.addAll(noise.before(texts)));
            List<FeatureMatrix> encoded =
                    subject.texts().encodeWithContext(noisy).parts(texts.size());
            for (int b = 0; b < group.size(); b++) {
                Batch batch = group.get(b);
                int[] rows = IntStream.range(batch.from, batch.to).toArray();
                for (int m = 0; m < mapped.size(); m++) {
                    int[] predicted = classifier(classes, subject.methods().get(m), encoded.get(b))
                            .predict(mapped.get(m).get(batch.domain).select(rows));
                    System.arraycopy(predicted, 0, predictions.get(m).get(batch.domain), batch.from, predicted.length);
                }
            }
        }
        return predictions;
    }

    private List<Batch> batches(List<FeatureMatrix> images) {
        List<Batch> batches = new ArrayList<>();
        for (int d = 0; d < images.size(); d++) {
            int rows = images.get(d).rows();
            for (int from = 0; from < rows; from += noiseBatch) {
                batches.add(new Batch(d, from, Math.min(rows, from + noiseBatch)));
            }
        }
        return batches;
    }
}
