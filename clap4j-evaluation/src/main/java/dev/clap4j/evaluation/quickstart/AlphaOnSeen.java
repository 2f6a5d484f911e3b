package dev.clap4j.evaluation.quickstart;

import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.MixedTemplates;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.prompt.PromptStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses a head's values of alpha on labelled images of the domains on which the model was trained, so unseen domains
 * stay unseen. The candidate with the highest accuracy is chosen, and the smallest of equals; the candidates include 0,
 * the unchanged model.
 */
final class AlphaOnSeen {
    static final List<Float> GRID = List.of(0f, 0.05f, 0.1f, 0.14f, 0.2f, 0.3f, 0.5f, 0.7f, 1f);

    /** The maximum number of images; more hardly change the choice. */
    private static final int IMAGES = 1500;

    /** The number of draws of templates; more hardly change the choice. */
    private static final int TEMPLATE_DRAWS = 5;

    private final EncodedDataset seen;
    private final SharedTexts texts;
    private final QuickstartOptions options;

    AlphaOnSeen(EncodedDataset seen, SharedTexts texts, QuickstartOptions options) {
        this.seen = seen.thin(IMAGES);
        this.texts = texts;
        this.options = options;
    }

    TaskAlphas choose(ContentMap head) {
        List<Method> candidates =
                GRID.stream().map(alpha -> Method.clap(head, alpha)).toList();
        return new TaskAlphas(best(zeroShot(candidates)), best(mixed(candidates)), best(nearest(candidates)));
    }

    private static float best(List<Double> accuracies) {
        int best = 0;
        for (int i = 1; i < accuracies.size(); i++) {
            best = accuracies.get(i) > accuracies.get(best) ? i : best;
        }
        return GRID.get(best);
    }

    private List<Double> zeroShot(List<Method> candidates) {
        List<PromptSet> clean = Stream.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP)
                .map(PromptSet::of)
                .toList();
        return new ZeroShotProtocol(seen.dataset(), seen.images(), texts, 1, options.seed())
                .run(clean, candidates).stream()
                        .map(result -> Metrics.mean(result.prompts().stream()
                                .map(PromptResult::mean)
                                .toList()))
                        .toList();
    }

    private List<Double> mixed(List<Method> candidates) {
        int draws = Math.min(TEMPLATE_DRAWS, options.templateDraws());
        MixedTemplates mixed = MixedTemplates.draw(seen.dataset().classes(), draws, options.seed());
        FeatureMatrix encoded = texts.encode(mixed.texts());
        return candidates.stream()
                .map(method -> mixed.evaluate(seen, encoded, method).mean())
                .toList();
    }

    /** Returns the accuracy of nearest-neighbour classification for each candidate, a faster substitute for probes. */
    private List<Double> nearest(List<Method> candidates) {
        FewShotSupport support = FewShotSupport.draw(seen.dataset(), options.shots(), options.seed());
        return candidates.stream().map(method -> nearest(method, support)).toList();
    }

    private double nearest(Method method, FewShotSupport support) {
        List<FeatureMatrix> images = seen.mapped(method::apply);
        List<Double> accuracies = new ArrayList<>();
        for (int d = 0; d < images.size(); d++) {
            Domain domain = seen.dataset().domains().get(d);
            int[] labels = domain.labels();
            int[] known = support.rows().get(d);
            ZeroShotClassifier nearest = ZeroShotClassifier.of(images.get(d).select(known), 1);
            int[] rest = IntStream.range(0, labels.length)
                    .filter(i -> IntStream.of(known).noneMatch(k -> k == i))
                    .toArray();
            if (rest.length > 0) {
                int[] found = nearest.predict(images.get(d).select(rest));
                accuracies.add(Metrics.accuracy(
                        IntStream.of(found).map(i -> labels[known[i]]).toArray(),
                        IntStream.of(rest).map(i -> labels[i]).toArray()));
            }
        }
        return accuracies.isEmpty() ? 0 : Metrics.mean(accuracies);
    }
}
