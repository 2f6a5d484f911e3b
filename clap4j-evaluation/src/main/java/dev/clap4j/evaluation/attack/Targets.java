package dev.clap4j.evaluation.attack;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The classifiers to attack, of every method and domain. */
final class Targets {
    private final ClipModel clip;
    private final Dataset dataset;
    private final AttackOptions options;
    private final ZeroShotTexts texts;
    private final FewShotSupport support;
    private final Map<Integer, FeatureMatrix> labelled = new HashMap<>();

    /**
     * The classifiers of a data set.
     *
     * @param dataset the whole data set: labelled images are not drawn from the attacked ones alone
     */
    Targets(ClipModel clip, Dataset dataset, AttackOptions options) {
        this.clip = clip;
        this.dataset = dataset;
        this.options = options;
        this.texts = new ZeroShotTexts(dataset.classes(), clip.texts(), options.seed());
        this.support = FewShotSupport.draw(dataset, 1, options.seed());
    }

    AttackTarget get(Method method, int domain) {
        return switch (options.classifier()) {
            case ZEROSHOT ->
                new ZeroShotTarget(texts, method, dataset.domains().get(domain).name());
            case ONESHOT -> new OneShotTarget(probe(method, domain), options.threat());
        };
    }

    private LinearProbe probe(Method method, int domain) {
        int[] rows = support.rows().get(domain);
        int[] all = dataset.domains().get(domain).labels();
        int[] labels = Arrays.stream(rows).map(i -> all[i]).toArray();
        FeatureMatrix features = method.apply(labelled.computeIfAbsent(domain, d -> encode(d, rows)));
        return LinearProbe.train(features, labels, dataset.classes().size(), ProbeOptions.OFFICIAL, options.seed());
    }

    private FeatureMatrix encode(int domain, int[] rows) {
        Domain images = dataset.domains().get(domain);
        return clip.images()
                .encode(Arrays.stream(rows)
                        .mapToObj(images.images()::get)
                        .map(LabelledImage::path)
                        .toList());
    }
}
