package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.EncodedDataset;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.MixedTemplates;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.VarianceShare;
import dev.clap4j.evaluation.quickstart.QuickstartListener.Part;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.CompiledHead;
import dev.clap4j.training.SharedTexts;
import dev.clap4j.training.probe.ProbeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures CLIP and every head. */
final class Comparing {
    /** Besides one for each head's strengths: zero-shot and mixed on both data sets, probes, variances, samples. */
    private static final int OTHER_STEPS = 7;

    private final QuickstartData data;
    private final EncodedDataset seen;
    private final EncodedDataset unseen;
    private final SharedTexts texts;
    private final MixedTemplates mixed;
    private final QuickstartOptions options;
    private final QuickstartListener listener;
    private final List<Comparison> comparisons = new ArrayList<>();

    Comparing(
            QuickstartData data,
            EncodedDataset seen,
            EncodedDataset unseen,
            SharedTexts texts,
            MixedTemplates mixed,
            QuickstartOptions options,
            QuickstartListener listener) {
        this.data = data;
        this.seen = seen;
        this.unseen = unseen;
        this.texts = texts;
        this.mixed = mixed;
        this.options = options;
        this.listener = listener;
    }

    List<TaskAlphas> chooseAlphas(List<CompiledHead> heads) {
        listener.begin(Part.MEASURES, heads.size() + (long) OTHER_STEPS);
        AlphaOnSeen choice = new AlphaOnSeen(seen, texts, options);
        return heads.stream().map(head -> done(choice.choose(head::apply))).toList();
    }

    private <T> T done(T result) {
        listener.advance(1);
        return result;
    }

    QuickstartReport report(QuickstartReport.Setting setting, List<TrainedHead> heads, List<CompiledHead> compiled) {
        List<Method> fewShot = methods(heads, compiled, TaskAlphas::fewShot);
        List<Method> words = methods(heads, compiled, TaskAlphas::mixedTemplates);
        List<Method> zeroShot = methods(heads, compiled, TaskAlphas::zeroShot);

        List<List<FewShotResult>> probes = done(probes(fewShot));
        addProbes(probes);
        List<PromptResult> mixedUnseen = done(mixed(unseen, words));
        List<PromptResult> mixedSeen = done(mixed(seen, words));
        add(Measure.MIXED_UNSEEN, mixedUnseen.stream().map(PromptResult::mean).toList(), null);
        add(Measure.MIXED_SEEN, mixedSeen.stream().map(PromptResult::mean).toList(), null);
        addVariances(fewShot);
        ZeroShotFigures onUnseen = done(ZeroShotFigures.of(unseen, texts, zeroShot, options.seed()));
        ZeroShotFigures onSeen = done(ZeroShotFigures.of(seen, texts, zeroShot, options.seed()));
        addZeroShot(onUnseen, onSeen);

        List<DomainFigures> domains = new ArrayList<>();
        domains.addAll(new DomainTable(seen.dataset(), true).of(onSeen.methods(), mixedSeen, List.of()));
        domains.addAll(new DomainTable(unseen.dataset(), false).of(onUnseen.methods(), mixedUnseen, probes));
        List<Sample> samples = done(new Samples(unseen, options).draw(fewShot.get(0), fewShot.get(1)));
        return new QuickstartReport(setting, comparisons, heads, domains, samples);
    }

    /** CLIP, then every head at its strength for the task. */
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

    /** By method and draw. */
    private List<List<FewShotResult>> probes(List<Method> methods) {
        FewShotProtocol protocol = new FewShotProtocol(unseen, ProbeOptions.OFFICIAL);
        List<FewShotSupport> supports = IntStream.range(0, options.supportDraws())
                .mapToObj(draw -> FewShotSupport.draw(unseen.dataset(), options.shots(), options.seed() + draw))
                .toList();
        return methods.stream()
                .map(method -> supports.stream()
                        .map(support -> protocol.run(method, support))
                        .toList())
                .toList();
    }

    private void addProbes(List<List<FewShotResult>> probes) {
        add(Measure.FEW_SHOT_WHOLE, means(probes, FewShotResult::withinMean), null);
        add(Measure.FEW_SHOT_OTHERS, means(probes, FewShotResult::othersMean), null);
        add(Measure.FEW_SHOT_ACROSS, means(probes, FewShotResult::acrossMean), null);
    }

    private static List<Double> means(List<List<FewShotResult>> probes, Function<FewShotResult, Double> figure) {
        return probes.stream()
                .map(draws ->
                        draws.stream().mapToDouble(figure::apply).average().orElse(Double.NaN))
                .toList();
    }

    private List<PromptResult> mixed(EncodedDataset on, List<Method> methods) {
        FeatureMatrix encoded = texts.encode(mixed.texts());
        return methods.stream()
                .map(method -> mixed.evaluate(on, encoded, method))
                .toList();
    }

    private void addVariances(List<Method> methods) {
        List<FeatureMatrix> features = methods.stream()
                .map(method -> FeatureMatrix.concat(unseen.mapped(method)))
                .toList();
        add(Measure.VARIANCE_CLASS, variances(features, data.unseenLabels()), null);
        add(Measure.VARIANCE_TYPE, done(variances(features, data.imageTypeNumbers())), null);
    }

    private static List<Double> variances(List<FeatureMatrix> features, int[] groups) {
        return features.stream()
                .map(matrix -> 100 * VarianceShare.of(matrix, groups))
                .toList();
    }

    private void addZeroShot(ZeroShotFigures onUnseen, ZeroShotFigures onSeen) {
        add(Measure.ZERO_SHOT_UNSEEN, figures(onUnseen, ZeroShotFigures::cleanMean), onUnseen.interval());
        add(Measure.ZERO_SHOT_SEEN, figures(onSeen, ZeroShotFigures::cleanMean), onSeen.interval());
        add(Measure.RANGE_UNSEEN, figures(onUnseen, MethodResult::range), null);
        add(Measure.RANGE_SEEN, figures(onSeen, MethodResult::range), null);
        add(Measure.DEVIATION_UNSEEN, figures(onUnseen, MethodResult::deviation), null);
        add(Measure.DEVIATION_SEEN, figures(onSeen, MethodResult::deviation), null);
        add(Measure.NOISE_DROP_UNSEEN, figures(onUnseen, MethodResult::noiseDrop), null);
        add(Measure.NOISE_DROP_SEEN, figures(onSeen, MethodResult::noiseDrop), null);
    }

    private static List<Double> figures(ZeroShotFigures figures, Function<MethodResult, Double> figure) {
        return figures.methods().stream().map(figure).toList();
    }

    /** Adds a comparison of the first value, CLIP's, with the others; none if there is nothing to measure it by. */
    private void add(Measure measure, List<Double> values, Interval interval) {
        if (values.stream().noneMatch(value -> value.isNaN())) {
            Spread clap = Spread.of(values.subList(1, values.size()));
            comparisons.add(Comparison.of(measure, options.shots(), values.get(0), clap, interval));
        }
    }
}
