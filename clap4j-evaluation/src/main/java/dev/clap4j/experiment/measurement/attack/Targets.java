package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The classifiers to attack. Texts and labelled images are encoded once for all methods. */
final class Targets {
    /** The prompts of the published evaluation. */
    private static final List<PromptStyle> STYLES =
            List.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP, PromptStyle.NC);

    private final ClipModel clip;
    private final Dataset dataset;
    private final AttackOptions options;
    private final Map<String, FeatureMatrix> texts = new HashMap<>();
    private final Map<Integer, FeatureMatrix> labelled = new HashMap<>();

    /**
     * A classifier under attack, for one method and one domain.
     *
     * @param scorer the scores seen by an attack
     * @param prediction maps features {@code [b, D]}, not normalised, and the index of their batch in the domain to class
     *     numbers {@code [b]} by prompt
     */
    record Target(Function<Attack, Scorer> scorer, BiFunction<FeatureMatrix, Integer, Map<String, int[]>> prediction) {}

    /** Creates the classifiers of a whole data set: labelled images are not drawn from the attacked ones alone. */
    Targets(ClipModel clip, Dataset dataset, AttackOptions options) {
        this.clip = clip;
        this.dataset = dataset;
        this.options = options;
    }

    Target get(Method method, int domain) {
        return options.isZeroShot()
                ? zeroShot(method, dataset.domains().get(domain).name())
                : oneShot(method, domain);
    }

    private Target zeroShot(Method method, String domain) {
        return new Target(
                attack -> Scorer.zeroShot(classFeatures(options.prompts(), method, domain, 0)), (features, batch) -> {
                    Map<String, int[]> predicted = new LinkedHashMap<>();
                    for (PromptSet prompts : shown()) {
                        FeatureMatrix classes = classFeatures(prompts, method, domain, batch);
                        predicted.put(
                                prompts.name(),
                                ZeroShotClassifier.of(classes, 1).predict(features));
                    }
                    return predicted;
                });
    }

    /** Returns the prompts that adversarial images are classified with: the attacked ones and the published ones. */
    private List<PromptSet> shown() {
        List<PromptSet> shown = new ArrayList<>(List.of(options.prompts()));
        STYLES.stream()
                .filter(style -> !style.name().equals(options.prompts().name()))
                .forEach(style -> shown.add(PromptSet.of(style, options.language())));
        return shown;
    }

    private FeatureMatrix classFeatures(PromptSet prompts, Method method, String domain, int batch) {
        return ZeroShot.classFeatures(dataset.classes(), method, texts(prompts, domain, batch));
    }

    /** Returns text features {@code [templates × classes, D]}; the images of a batch share a draw of noise. */
    private FeatureMatrix texts(PromptSet set, String domain, int batch) {
        List<String> prompts = set.texts(dataset.classes());
        return set.noisy()
                ? texts.computeIfAbsent(domain + "/" + batch, key -> clip.texts()
                        .encodeWithContext(PromptSet.afterNoise(
                                prompts,
                                ContextNoise.OFFICIAL.std(),
                                clip.texts().contextWidth(),
                                new Streams(options.seed()).get("attack prompt noise " + domain, batch))))
                : texts.computeIfAbsent(
                        String.join("\n", prompts), key -> clip.texts().encode(prompts));
    }

    /** Returns a linear probe on one labelled image of each class; official attacks see features that are not normalised. */
    private Target oneShot(Method method, int domain) {
        Domain all = dataset.domains().get(domain);
        int[] rows = SupportSet.draw(dataset, 1, options.seed()).rows(domain, 1);
        int[] labels = IntStream.of(rows).map(i -> all.labels()[i]).toArray();
        FeatureMatrix features = labelled.computeIfAbsent(domain, key -> clip.images()
                .encode(IntStream.of(rows)
                        .mapToObj(i -> all.images().get(i).path())
                        .toList()));
        LinearProbe probe = LinearProbe.train(
                method.apply(features), labels, dataset.classes().size(), ProbeOptions.OFFICIAL, options.seed());
        return new Target(
                attack -> options.threat() == ThreatModel.OFFICIAL && attack instanceof SignedGradient
                        ? Scorer.officialProbe(probe)
                        : Scorer.probe(probe),
                (images, batch) -> Map.of(options.attackedPrompt(), probe.predict(images)));
    }
}
