package dev.clap4j.experiment;

import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.PromptEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses values of α on labelled images of domains that the model knows, so that the test images stay unseen: the
 * candidate with the highest accuracy, averaged over the heads, and the smallest of equals.
 *
 * @param known the images
 * @param texts the text encoder
 * @param grid the candidates, ascending
 */
public record AlphaChooser(EncodedDataset known, PromptEncoder texts, List<Float> grid) {
    /** The range of published values, and α = 1 as in training. */
    public static final List<Float> PUBLISHED = List.of(0.03f, 0.05f, 0.1f, 0.14f, 0.2f, 0.3f, 0.5f, 0.7f, 1f);

    /** Candidates that include the unchanged model. */
    public static final List<Float> WITH_ZERO = List.of(0f, 0.05f, 0.1f, 0.14f, 0.2f, 0.3f, 0.5f, 0.7f, 1f);

    /** Chooses by the mean zero-shot accuracy under C, PC and CP. */
    public float zeroShot(List<ContentMap> heads) {
        return best(heads, methods -> means(new ZeroShot(ZeroShot.CLEAN, 1, 0), ZeroShot.MEAN, methods));
    }

    /** Chooses by the zero-shot accuracy with mixed templates. */
    public float mixedTemplates(List<ContentMap> heads, MixedTemplates mixed) {
        return best(heads, methods -> means(mixed, MixedTemplates.ACCURACY, methods));
    }

    /** Chooses by the accuracy of nearest-neighbour classification, a faster substitute for probes. */
    public float nearest(List<ContentMap> heads, SupportSet support, int shots) {
        return best(heads, methods -> methods.stream()
                .map(method -> nearest(method, support, shots))
                .toList());
    }

    /** Returns the best candidate by a function that returns the accuracies of a head with each of them. */
    private float best(List<ContentMap> heads, Function<List<Method>, List<Double>> accuracies) {
        double[] sums = new double[grid.size()];
        for (ContentMap head : heads) {
            List<Double> own = accuracies.apply(
                    grid.stream().map(alpha -> Method.clap(head, alpha)).toList());
            Arrays.setAll(sums, i -> sums[i] + own.get(i));
        }
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            best = sums[i] > sums[best] ? i : best;
        }
        return grid.get(best);
    }

    /** Returns a measure of each method, averaged over the domains. */
    private List<Double> means(Measurement measurement, Measure measure, List<Method> methods) {
        Subject subject = new Subject(Optional.empty(), texts, known, methods, Condition.NONE);
        Map<String, List<Double>> byAlpha = new Trial(subject, measurement)
                .results().scores().stream()
                        .filter(score -> score.measure().equals(measure))
                        .collect(Collectors.groupingBy(
                                score -> score.condition().get(Condition.ALPHA),
                                Collectors.mapping(Score::value, Collectors.toList())));
        return grid.stream()
                .map(alpha -> Metrics.mean(byAlpha.get(String.valueOf(alpha))))
                .toList();
    }

    private double nearest(Method method, SupportSet support, int shots) {
        List<FeatureMatrix> images = known.mapped(method::apply);
        List<Double> accuracies = new ArrayList<>();
        for (int d = 0; d < images.size(); d++) {
            int[] labels = known.dataset().domains().get(d).labels();
            int[] labelled = support.rows(d, shots);
            int[] rest = support.unlabelled(known.dataset(), d, shots);
            if (rest.length > 0) {
                int[] found = ZeroShotClassifier.of(images.get(d).select(labelled), 1)
                        .predict(images.get(d).select(rest));
                accuracies.add(Metrics.accuracy(
                        IntStream.of(found).map(i -> labels[labelled[i]]).toArray(),
                        IntStream.of(rest).map(i -> labels[i]).toArray()));
            }
        }
        return accuracies.isEmpty() ? 0 : Metrics.mean(accuracies);
    }
}
