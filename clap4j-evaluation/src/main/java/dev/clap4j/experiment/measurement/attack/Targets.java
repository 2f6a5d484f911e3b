package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The classifiers to attack. Texts and labelled images are encoded once for all methods. */
public final class Targets {
    private static final List<PromptStyle> SHOWN =
            List.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP, PromptStyle.NC);

    private final ClipModel clip;
    private final Dataset dataset;
    private final AttackOptions options;
    private final Streams streams;
    private final Map<String, FeatureMatrix> texts = new HashMap<>();
    private final Map<Integer, FeatureMatrix> labelled = new HashMap<>();

    /** A classifier under attack, for one method and one domain. */
    public interface Target {
        /** Returns the scores seen by an attack. */
        Scorer scorer(Attack attack);

        /**
         * Predicts the classes of images.
         *
         * @param features {@code [b, D]}, not normalised
         * @param batch the index of the batch in the domain
         * @return class numbers {@code [b]} by prompt, that of the attacked classifier first
         */
        Map<String, int[]> predict(FeatureMatrix features, int batch);
    }

    /**
     * The classifiers of a data set.
     *
     * @param dataset the whole data set: labelled images are not drawn from the attacked ones alone
     */
    public Targets(ClipModel clip, Dataset dataset, AttackOptions options) {
        this.clip = clip;
        this.dataset = dataset;
        this.options = options;
        this.streams = new Streams(options.seed());
    }

    /** Returns the classifier of a method for a domain. */
    public Target get(Method method, int domain) {
        return switch (options.classifier()) {
            case ZEROSHOT ->
                new ZeroShotTarget(method, dataset.domains().get(domain).name());
            case ONESHOT -> new OneShotTarget(probe(method, domain));
        };
    }

    /**
     * Zero-shot classification: the attack sees the cosines with the class names, and its adversarial images are also
     * classified with the other prompts, as in the published evaluation.
     */
    private final class ZeroShotTarget implements Target {
        private final Method method;
        private final String domain;

        ZeroShotTarget(Method method, String domain) {
            this.method = method;
            this.domain = domain;
        }

        @Override
        public Scorer scorer(Attack attack) {
            return Scorer.zeroShot(classes(PromptStyle.C, 0));
        }

        @Override
        public Map<String, int[]> predict(FeatureMatrix features, int batch) {
            Map<String, int[]> predicted = new LinkedHashMap<>();
            SHOWN.forEach(style -> predicted.put(
                    style.name(),
                    ZeroShotClassifier.of(classes(style, batch), 1).predict(features)));
            return predicted;
        }

        private FeatureMatrix classes(PromptStyle style, int batch) {
            String key = style.isNoisy() ? domain + "/" + batch : style.name();
            return method.apply(texts.computeIfAbsent(
                    key, k -> style.isNoisy() ? encodeNoisy(style, domain, batch) : encode(style)));
        }
    }

    private FeatureMatrix encode(PromptStyle style) {
        return clip.texts().encode(dataset.classes().stream().map(style::text).toList());
    }

    /** Encodes texts after noise that the images of a batch share. */
    private FeatureMatrix encodeNoisy(PromptStyle style, String domain, int batch) {
        RandomGenerator random = streams.get("attack prompt noise " + domain, batch);
        ContextNoise official = ContextNoise.OFFICIAL;
        float[][] noise = new float[official.vectors()][clip.texts().contextWidth()];
        for (float[] vector : noise) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (official.std() * random.nextGaussian());
            }
        }
        return clip.texts()
                .encodeWithContext(dataset.classes().stream()
                        .map(name -> new ContextText(style.text(name), noise, ContextPosition.FRONT))
                        .toList());
    }

    /** A linear probe; official attacks see features that are not normalised. */
    private final class OneShotTarget implements Target {
        private final LinearProbe probe;

        OneShotTarget(LinearProbe probe) {
            this.probe = probe;
        }

        @Override
        public Scorer scorer(Attack attack) {
            return options.threat() == ThreatModel.OFFICIAL && attack instanceof SignedGradient
                    ? Scorer.officialProbe(probe)
                    : Scorer.probe(probe);
        }

        @Override
        public Map<String, int[]> predict(FeatureMatrix features, int batch) {
            return Map.of(options.classifier().prompt(), probe.predict(features));
        }
    }

    /** Trains a probe on one labelled image of each class. */
    private LinearProbe probe(Method method, int domain) {
        Domain all = dataset.domains().get(domain);
        int[] rows = SupportSet.draw(dataset, 1, options.seed()).rows(domain, 1);
        int[] labels = Arrays.stream(rows).map(i -> all.labels()[i]).toArray();
        FeatureMatrix features = labelled.computeIfAbsent(domain, d -> clip.images()
                .encode(Arrays.stream(rows)
                        .mapToObj(i -> all.images().get(i).path())
                        .toList()));
        return LinearProbe.train(
                method.apply(features), labels, dataset.classes().size(), ProbeOptions.OFFICIAL, options.seed());
    }
}
