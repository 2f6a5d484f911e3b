package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.source.PromptLanguages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Zero-shot accuracy with a different template for each class, drawn at random. A style shared by all prompts shifts all
 * class features alike and hardly changes a prediction; this shows its effect when the compared prompts differ in style.
 *
 * @param draws the number of draws of one prompt per class, at least 1
 * @param seed the seed of the draws
 * @param language the language of the templates
 */
public record MixedTemplates(int draws, long seed, PromptLanguage language) implements Measurement {
    /** Accuracy, averaged over the draws. */
    public static final Measure ACCURACY =
            Measure.accuracy("mixed-templates", "Zero-shot, mixed templates, {data} domains", "mixed templates");

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "mixed",
            List.of(
                    "Measure zero-shot accuracy with another prompt template for each class.",
                    "Templates are drawn at random, so that the compared prompts differ in style; results are averaged over"
                            + " the draws."),
            List.of(
                    new Setting("draws", "N", "Draws of templates.", "20"),
                    new Setting("seed", "S", "Seed of the draws of templates, and of images at a limit.", "0"),
                    new Setting(
                            "language",
                            "en|zh|FILE.yaml",
                            "The language of the templates: English, Chinese, or one described in a file.",
                            PromptLanguage.ENGLISH.code())),
            values -> new MixedTemplates(
                    values.whole("draws"), values.seed("seed"), PromptLanguages.parse(values.text("language"))),
            List.of(ACCURACY));

    /**
     * Checks the number.
     *
     * @throws ClapException if there are no draws
     */
    public MixedTemplates {
        if (draws < 1) {
            throw new ClapException("At least one draw is needed, not " + draws);
        }
    }

    /** Creates a measurement with English templates. */
    public MixedTemplates(int draws, long seed) {
        this(draws, seed, PromptLanguage.ENGLISH);
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("draws", String.valueOf(draws));
        options.put("seed", String.valueOf(seed));
        if (language != PromptLanguage.ENGLISH) {
            options.put("language", language.template(PromptStyle.PC).pattern());
        }
        return options;
    }

    @Override
    public Layout layout() {
        return KIND.layout(
                "Mixed templates",
                List.of(new Layout.Table(
                        "Accuracy in percent with a template of its own for each class.",
                        List.of(Condition.METHOD),
                        List.of(ACCURACY),
                        true)),
                List.of());
    }

    /** Returns all prompts, draw by draw in the order of the classes; more draws begin with the same ones. */
    @Override
    public List<String> texts(List<String> classes) {
        Streams streams = new Streams(seed);
        List<List<String>> prompts = classes.stream().map(language::templates).toList();
        List<String> texts = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            RandomGenerator random = streams.get("mixed templates", draw);
            prompts.forEach(ofClass -> texts.add(ofClass.get(random.nextInt(ofClass.size()))));
        }
        return texts;
    }

    @Override
    public List<Cell> cells(Context context) {
        return List.of(Cell.of(Condition.NONE));
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        FeatureMatrix texts = subject.texts().encode(texts(subject.dataset().classes()));
        List<ImageValues> values = new ArrayList<>();
        for (Method method : subject.methods()) {
            List<ZeroShotClassifier> classifiers =
                    method.apply(texts).parts(subject.dataset().classes().size()).stream()
                            .map(own -> ZeroShotClassifier.of(
                                    own.withIds(subject.dataset().classes()), 1))
                            .toList();
            List<FeatureMatrix> images = context.mapped(method);
            for (int d = 0; d < images.size(); d++) {
                values.add(ImageValues.of(
                        ACCURACY,
                        subject.condition(method).with(Condition.DOMAIN, subject.domain(d)),
                        shares(classifiers, images.get(d), subject.labels(d))));
            }
        }
        return Results.ofImages(values);
    }

    /** Returns the fraction of draws in which each image is classified correctly. */
    private double[] shares(List<ZeroShotClassifier> classifiers, FeatureMatrix images, int[] labels) {
        double[] shares = new double[labels.length];
        for (ZeroShotClassifier classifier : classifiers) {
            int[] predicted = classifier.predict(images);
            for (int i = 0; i < labels.length; i++) {
                shares[i] += predicted[i] == labels[i] ? 1.0 / draws : 0;
            }
        }
        return shares;
    }
}
