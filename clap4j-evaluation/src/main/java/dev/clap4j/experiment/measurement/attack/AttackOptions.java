package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.MeasurementKind.Values;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.source.PromptLanguages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options of adversarial attacks.
 *
 * @param attacks at least one
 * @param epsilons the bounds of the attacks
 * @param threat the threat model
 * @param classifier the attacked classifier
 * @param prompts the prompts of an attacked zero-shot classifier; several templates are averaged
 * @param language the language of the other prompts, which see the same images
 * @param limit the maximum number of images per domain, {@link #ALL} for all
 * @param seed of the sample of images, the labelled images, and the attacks' random starts
 */
public record AttackOptions(
        List<Attack> attacks,
        Epsilons epsilons,
        ThreatModel threat,
        Classifier classifier,
        PromptSet prompts,
        PromptLanguage language,
        int limit,
        long seed) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The published epsilon. */
    public static final double EPSILON = 0.031;

    /** The settings of the command line. */
    public static final List<Setting> SETTINGS = List.of(
            new Setting(
                    "attacks",
                    "A,B,…",
                    "fgsm, pgd-STEPS, cw-STEPS (PGD on Carlini and Wagner's margin), and from AutoAttack apgd-ce[-STEPS],"
                            + " apgd-t[-STEPS], fab-t[-STEPS] and square[-QUERIES]; or autoattack, these four one after another,"
                            + " each on the images that are still recognised, which takes longest.",
                    "fgsm,pgd-20,cw-20"),
            new Setting(
                    "epsilon",
                    "E,…",
                    "By how much a value may be changed (L∞), where a pixel's range is 1: 0.031, as published, or a fraction"
                            + " such as 8/255; several, with commas, give a curve of robust accuracy.",
                    String.valueOf(EPSILON)),
            new Setting(
                    "threat",
                    "pixel|official",
                    "What is changed: pixels between 0 and 1; or, as in the published evaluation, the normalised image,"
                            + " clamped to 0 to 1.",
                    "pixel"),
            new Setting(
                    "classifier",
                    "zeroshot|oneshot",
                    "What is attacked: cosines with the class names, or in each domain a linear probe on one labelled image"
                            + " a class.",
                    "zeroshot"),
            new Setting(
                    "templates",
                    "FILE",
                    "A file of prompts with {class}, one a line, whose averaged features are attacked instead of the class"
                            + " names.",
                    null),
            new Setting(
                    "language",
                    "en|zh|FILE.yaml",
                    "The language of the prompts: English, Chinese, or one described in a file.",
                    PromptLanguage.ENGLISH.code()),
            new Setting("limit", "N", "At most N images of each domain, drawn from the seed (default: all).", null),
            new Setting(
                    "seed",
                    "S",
                    "Seed of the draw of images at a limit, of the labelled images and of random starts.",
                    "0"));

    /** The baseline: the images as they are. */
    static final Attack NONE = new NoAttack(false);

    /** The baseline of the official threat model. */
    static final Attack CLAMP = new NoAttack(true);

    /** The attacked classifier. */
    public enum Classifier {
        /** The cosines with the class names' features. */
        ZEROSHOT("", "Zero-shot ({prompt})"),
        /** A linear probe on one labelled image per class, in each domain. */
        ONESHOT("-1-shot", "1-shot probe");

        private final String suffix;
        private final String title;

        Classifier(String suffix, String title) {
            this.suffix = suffix;
            this.title = title;
        }

        /** Returns the measures. */
        public Measures measures() {
            String bound = ", {epsilon}/255";
            return new Measures(
                    Measure.accuracy("attacked" + suffix, title + " under {attack}" + bound, "{attack}"),
                    Measure.accuracy("robust" + suffix, title + ", robust accuracy" + bound, "robust accuracy"),
                    Measure.loss("attack-success" + suffix, title + ", success of {attack}" + bound, "success"),
                    new Measure(
                            "attack-change" + suffix,
                            title + ", change of images by {attack}" + bound,
                            "change",
                            false,
                            Measure.Unit.LEVELS),
                    Measure.loss(
                            "attack-zero-gradients" + suffix,
                            title + ", zero gradients of {attack}" + bound,
                            "zero gradients"));
        }
    }

    /**
     * The measures of an attacked classifier.
     *
     * @param accuracy its accuracy under an attack
     * @param robust the share of images that are recognised without attack and under every attack up to an epsilon
     * @param success the share of the images recognised without attack that no longer are
     * @param change the mean over images of the largest change of a value
     * @param zeroGradients the share of images whose gradient was zero everywhere at some step
     */
    public record Measures(Measure accuracy, Measure robust, Measure success, Measure change, Measure zeroGradients) {
        /** Returns those of an attack, the accuracy first. */
        public List<Measure> ofAttack() {
            return List.of(accuracy, success, change, zeroGradients);
        }

        /** Returns all. */
        public List<Measure> all() {
            return List.of(accuracy, robust, success, change, zeroGradients);
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number is out of range
     */
    public AttackOptions {
        attacks = List.copyOf(attacks);
        if (attacks.isEmpty()) {
            throw new IllegalArgumentException("There is no attack");
        }
        if (classifier == Classifier.ONESHOT && isEnsemble(prompts, language)) {
            throw new ClapException(
                    "Templates are prompts of zero-shot classification, which a 1-shot probe has none of");
        }
        if (limit < 1) {
            throw new ClapException("The limit is a number of images of each domain, at least 1, not " + limit);
        }
    }

    /** Creates options with English prompts. */
    public AttackOptions(
            List<Attack> attacks, double epsilon, ThreatModel threat, Classifier classifier, int limit, long seed) {
        this(
                attacks,
                new Epsilons(List.of(epsilon)),
                threat,
                classifier,
                PromptSet.of(PromptStyle.C),
                PromptLanguage.ENGLISH,
                limit,
                seed);
    }

    /** Returns these options for another classifier and seed. */
    public AttackOptions with(Classifier other, long otherSeed) {
        return new AttackOptions(attacks, epsilons, threat, other, prompts, language, limit, otherSeed);
    }

    /**
     * Returns the options of the command line.
     *
     * @throws ClapException if a value is invalid
     */
    public static AttackOptions of(Values values) {
        PromptLanguage language = PromptLanguages.parse(values.text("language"));
        return new AttackOptions(
                Attacks.parse(values.text("attacks")),
                Epsilons.parse(values.text("epsilon")),
                values.choice("threat", AttackOptions::name, List.of(ThreatModel.values())),
                values.choice("classifier", AttackOptions::name, List.of(Classifier.values())),
                values.text("templates") == null
                        ? PromptSet.of(PromptStyle.C, language)
                        : PromptSet.ofFile(Path.of(values.text("templates"))),
                language,
                values.text("limit") == null ? ALL : values.whole("limit"),
                values.seed("seed"));
    }

    private static boolean isEnsemble(PromptSet prompts, PromptLanguage language) {
        return !prompts.equals(PromptSet.of(PromptStyle.C, language));
    }

    /** Returns the value of the prompt dimension in the scores of the attacked classifier. */
    String attackedPrompt() {
        return isZeroShot() ? prompts.name() : "1-shot";
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the baselines, then the attacks. */
    public List<Attack> withBaselines() {
        List<Attack> all = new ArrayList<>(threat == ThreatModel.OFFICIAL ? List.of(NONE, CLAMP) : List.of(NONE));
        all.addAll(attacks);
        return all;
    }

    /** Returns the options, by the names of the command line. */
    public Map<String, String> describe() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("attacks", attacks.stream().map(Attack::name).collect(Collectors.joining(",")));
        options.put("epsilon", epsilons.toString());
        options.put("threat", threatName());
        options.put("classifier", name(classifier));
        if (isEnsemble(prompts, language)) {
            options.put("templates", prompts.name());
        }
        if (language != PromptLanguage.ENGLISH) {
            options.put("language", language.template(PromptStyle.PC).pattern());
        }
        options.put("limit", limit == ALL ? "all" : String.valueOf(limit));
        options.put("seed", String.valueOf(seed));
        return options;
    }

    /** Returns whether zero-shot classification is attacked. */
    public boolean isZeroShot() {
        return classifier == Classifier.ZEROSHOT;
    }

    /** Returns the threat model's name on the command line. */
    public String threatName() {
        return name(threat);
    }
}
