package dev.clap4j.evaluation.quickstart;

import dev.clap4j.Progress;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.DerivedMetrics;
import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MixedTemplates;
import dev.clap4j.evaluation.PairedAnswers;
import dev.clap4j.evaluation.PromptMetrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.VarianceShare;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.SharedTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Evaluates CLIP and all heads. */
final class Comparisons {
    /**
     * The number of steps besides the choice of alpha for each head: zero-shot and mixed on both data sets, probes,
     * variances, samples.
     */
    private static final int OTHER_STEPS = 7;

    private final QuickstartData data;
    private final EncodedDataset seen;
    private final EncodedDataset unseen;
    private final SharedTexts texts;
    private final MixedTemplates mixed;
    private final QuickstartOptions options;
    private final Progress progress;
    private Steps steps = Steps.untold();
    private final List<Comparison> comparisons = new ArrayList<>();

    Comparisons(
            QuickstartData data,
            EncodedDataset seen,
            EncodedDataset unseen,
            SharedTexts texts,
            MixedTemplates mixed,
            QuickstartOptions options,
            Progress progress) {
        this.data = data;
        this.seen = seen;
        this.unseen = unseen;
        this.texts = texts;
        this.mixed = mixed;
        this.options = options;
        this.progress = progress;
    }

    List<TaskAlphas> chooseAlphas(List<CompiledHead> heads) {
        steps = Steps.begin(progress, "measures", heads.size() + (long) OTHER_STEPS);
        AlphaOnSeen choice = new AlphaOnSeen(seen, texts, options);
        return heads.stream().map(head -> done(choice.choose(head::apply))).toList();
    }

    private <T> T done(T result) {
        steps.advance(1);
        return result;
    }

    QuickstartReport report(QuickstartReport.Setting setting, List<TrainedHead> heads, List<CompiledHead> compiled) {
        List<Method> fewShot = methods(heads, compiled, TaskAlphas::fewShot);
        List<Method> words = methods(heads, compiled, TaskAlphas::mixedTemplates);
        List<Method> zeroShot = methods(heads, compiled, TaskAlphas::zeroShot);

        Probes probes = done(Probes.of(unseen, fewShot, options));
        addProbes(probes);
        List<PromptResult> mixedUnseen = done(mixed(QuickstartMetric.MIXED_UNSEEN, unseen, words));
        List<PromptResult> mixedSeen = done(mixed(QuickstartMetric.MIXED_SEEN, seen, words));
        addVariances(fewShot);
        ZeroShotComparison onUnseen = done(ZeroShotComparison.of(unseen, texts, zeroShot, options.seed()));
        ZeroShotComparison onSeen = done(ZeroShotComparison.of(seen, texts, zeroShot, options.seed()));
        addZeroShot(onUnseen, onSeen);

        List<DomainScores> domains = new ArrayList<>();
        domains.addAll(new DomainTable(seen.dataset(), true).of(onSeen.methods(), mixedSeen, List.of()));
        domains.addAll(new DomainTable(unseen.dataset(), false).of(onUnseen.methods(), mixedUnseen, probes.results()));
        List<Sample> samples = done(new Samples(unseen, options).draw(fewShot.get(0), fewShot.get(1)));
        return new QuickstartReport(setting, comparisons, heads, domains, samples);
    }

    /** Returns CLIP, then all heads with their alpha for the task. */
    private static List<Method> methods(
            List<TrainedHead> heads, List<CompiledHead> compiled, Function<TaskAlphas, Float> task) {
        return Stream.concat(
                        Stream.of(Method.CLIP),
                        IntStream.range(0, heads.size())
                                .mapToObj(i -> Method.clap(
                                        compiled.get(i)::apply,
                                        task.apply(heads.get(i).alphas()))))
                .toList();
    }

    private void addProbes(Probes probes) {
        List<Difference> differences = probes.paired().othersAgainstFirst(Probes.FIGURES, options.seed());
        add(QuickstartMetric.FEW_SHOT_WHOLE, probes.means(FewShotResult::withinMean), differences.get(0));
        add(QuickstartMetric.FEW_SHOT_OTHERS, probes.means(FewShotResult::othersMean), differences.get(1));
        add(QuickstartMetric.FEW_SHOT_ACROSS, probes.means(FewShotResult::acrossMean), differences.get(2));
    }

    private List<PromptResult> mixed(QuickstartMetric measure, EncodedDataset on, List<Method> methods) {
        FeatureMatrix encoded = texts.encode(mixed.texts());
        List<List<List<int[]>>> predicted = methods.stream()
                .map(method -> mixed.predict(on, encoded, method))
                .toList();
        List<PromptResult> results = predicted.stream()
                .map(answers -> MixedTemplates.result(on.dataset(), answers))
                .toList();
        PairedAnswers paired = PairedAnswers.of(
                methods.stream().map(Method::name).toList(),
                predicted.stream()
                        .map(answers -> List.of(MixedTemplates.right(on.dataset(), answers)))
                        .toList());
        DerivedMetrics accuracy = DerivedMetrics.accuracies(List.of("accuracy"));
        add(
                measure,
                results.stream().map(PromptResult::mean).toList(),
                paired.othersAgainstFirst(accuracy, options.seed()).get(0));
        return results;
    }

    private void addVariances(List<Method> methods) {
        List<FeatureMatrix> features = methods.stream()
                .map(method -> FeatureMatrix.concat(unseen.mapped(method::apply)))
                .toList();
        addOverHeads(QuickstartMetric.VARIANCE_CLASS, variances(features, data.unseenLabels()));
        addOverHeads(QuickstartMetric.VARIANCE_TYPE, done(variances(features, data.imageTypeNumbers())));
    }

    private static List<Double> variances(List<FeatureMatrix> features, int[] groups) {
        return features.stream()
                .map(matrix -> 100 * VarianceShare.of(matrix, groups))
                .toList();
    }

    private void addZeroShot(ZeroShotComparison onUnseen, ZeroShotComparison onSeen) {
        add(QuickstartMetric.ZERO_SHOT_UNSEEN, onUnseen, PromptMetrics.MEAN);
        add(QuickstartMetric.ZERO_SHOT_SEEN, onSeen, PromptMetrics.MEAN);
        add(QuickstartMetric.RANGE_UNSEEN, onUnseen, PromptMetrics.RANGE);
        add(QuickstartMetric.RANGE_SEEN, onSeen, PromptMetrics.RANGE);
        add(QuickstartMetric.DEVIATION_UNSEEN, onUnseen, PromptMetrics.DEVIATION);
        add(QuickstartMetric.DEVIATION_SEEN, onSeen, PromptMetrics.DEVIATION);
        add(QuickstartMetric.NOISE_DROP_UNSEEN, onUnseen, PromptMetrics.NOISE_DROP);
        add(QuickstartMetric.NOISE_DROP_SEEN, onSeen, PromptMetrics.NOISE_DROP);
    }

    private void add(QuickstartMetric measure, ZeroShotComparison figures, String figure) {
        add(measure, figures.values(figure), figures.difference(figure));
    }

    /** Adds a metric that has no value per image; its significance is computed over the heads. */
    private void addOverHeads(QuickstartMetric measure, List<Double> values) {
        List<Double> differences =
                values.stream().skip(1).map(value -> value - values.get(0)).toList();
        add(measure, values, Difference.over(Difference.Over.HEADS, differences, measure.scale()));
    }

    /** Adds a comparison of the first value, that of CLIP, with the others; nothing if there are no values. */
    private void add(QuickstartMetric measure, List<Double> values, Difference difference) {
        if (values.stream().noneMatch(value -> value.isNaN())) {
            Spread clap = Spread.of(values.subList(1, values.size()));
            comparisons.add(Comparison.of(measure, options.shots(), values.get(0), clap, difference));
        }
    }
}
