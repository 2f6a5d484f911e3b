package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptMetrics;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.AttackRow;
import dev.clap4j.evaluation.attack.MethodRobustness;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.fewshot.FewShotPoint;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All measures of an experiment. */
final class ExperimentOutcomes {
    private static final String OFFICIAL = "official";

    private static final Map<String, ReportMetric> OVER_PROMPTS = Map.of(
            PromptMetrics.MEAN,
            ReportMetric.accuracy(ReportMetric.ZERO_SHOT, PromptMetrics.MEAN, "Zero-shot, mean of C, PC and CP"),
            PromptMetrics.RANGE,
            ReportMetric.spread(ReportMetric.ZERO_SHOT, PromptMetrics.RANGE, "R, range over C, PC and CP"),
            PromptMetrics.DEVIATION,
            ReportMetric.spread(ReportMetric.ZERO_SHOT, PromptMetrics.DEVIATION, "δ, deviation over C, PC and CP"),
            PromptMetrics.NOISE_DROP,
            ReportMetric.spread(
                    ReportMetric.ZERO_SHOT, PromptMetrics.NOISE_DROP, "Δ(NC), lost to noise in the prompt"));

    private static final ReportMetric SILHOUETTE = new ReportMetric(
            ReportMetric.CLUSTERS, "silhouette", "Silhouette of classes in image features", "", true, 0.01);

    private final OutcomeCollector figures = new OutcomeCollector();

    private final Experiment experiment;

    private ExperimentOutcomes(Experiment experiment) {
        this.experiment = experiment;
    }

    static List<Outcome> of(Experiment experiment) {
        ExperimentOutcomes outcomes = new ExperimentOutcomes(experiment);
        outcomes.addZeroShot(experiment.zeroShot());
        Measured.by(experiment.fewShot(), curves -> curves.setting().probe()).forEach(outcomes::addFewShot);
        Measured.by(experiment.attacks(), AttackPart::target).forEach(outcomes::addAttacks);
        outcomes.addMaps(experiment.maps());
        return outcomes.figures.outcomes(experiment.published());
    }

    private OutcomeCollector.Source source(Measured<?> run) {
        return new OutcomeCollector.Source(experiment.name(run), run.pictures());
    }

    private void addZeroShot(List<Measured<ZeroShotReport>> runs) {
        MethodLabels labels = new MethodLabels(runs);
        for (Measured<ZeroShotReport> run : runs) {
            Function<String, ReportMetric> measures = figure -> OVER_PROMPTS
                    .getOrDefault(figure, ReportMetric.accuracy(ReportMetric.ZERO_SHOT, figure, "Zero-shot, " + figure))
                    .in(labels.setting(run));
            for (MethodResult method : run.result().methods()) {
                method.figures()
                        .forEach((figure, value) -> figures.add(
                                measures.apply(figure),
                                labels.of(run, method.method()),
                                source(run),
                                value,
                                Difference.Over.RUNS));
            }
            addDifferences(run.result().differences(), measures, run, labels);
        }
    }

    private void addDifferences(
            List<MethodDifference> differences,
            Function<String, ReportMetric> measures,
            Measured<?> run,
            MethodLabels labels) {
        differences.forEach(each -> figures.add(
                measures.apply(each.figure()),
                labels.of(run, each.method()),
                labels.of(run, each.other()),
                source(run),
                each.difference()));
    }

    /** Adds each draw separately, since all methods of a run use the same labelled images in a draw. */
    private void addFewShot(List<Measured<FewShotCurves>> runs) {
        MethodLabels labels = new MethodLabels(runs);
        for (Measured<FewShotCurves> run : runs) {
            FewShotCurves curves = run.result();
            String probe = curves.setting().probe();
            for (FewShotPoint point : curves.points()) {
                ReportMetric measure = ReportMetric.accuracy(
                                ReportMetric.FEW_SHOT,
                                String.valueOf(point.shots()),
                                "Linear probe, " + point.shots() + (point.shots() == 1 ? " shot" : " shots")
                                        + (probe.equals(OFFICIAL) ? "" : " (" + probe + ")"))
                        .in(labels.setting(run));
                List<Long> draws = curves.setting().seeds();
                for (int i = 0; i < draws.size(); i++) {
                    figures.add(
                            measure,
                            labels.of(run, point.method()),
                            new OutcomeCollector.Source(experiment.name(run) + " draw " + draws.get(i), run.pictures()),
                            point.mean().within().values().get(i),
                            Difference.Over.DRAWS);
                }
            }
        }
    }

    private void addAttacks(List<Measured<AttackReport>> runs) {
        MethodLabels labels = new MethodLabels(runs);
        for (Measured<AttackReport> run : runs) {
            Function<String, ReportMetric> measures =
                    attack -> attacked(run.result(), attack).in(labels.setting(run));
            for (MethodRobustness method : run.result().methods()) {
                for (AttackRow row : method.rows()) {
                    figures.add(
                            measures.apply(row.attack()),
                            labels.of(run, method.method()),
                            source(run),
                            row.attacked().mean(),
                            Difference.Over.RUNS);
                }
            }
            addDifferences(run.result().differences(), measures, run, labels);
        }
    }

    /**
     * Returns the metric of an attack; only results under the published threat model are compared with published
     * values.
     */
    private static ReportMetric attacked(AttackReport report, String attack) {
        boolean zeroShot = report.classifier().equals("zeroshot");
        boolean official = report.threat().equals(OFFICIAL);
        String part = zeroShot ? ReportMetric.ATTACKED : ReportMetric.ATTACKED_ONE_SHOT;
        String title = (zeroShot ? "Zero-shot (C)" : "1-shot probe")
                + (attack.equals("none") ? " on the attacked images" : " under " + attack);
        return ReportMetric.accuracy(
                official ? part : part + ", pixels", attack, title + (official ? "" : " (pixel threat)"));
    }

    private void addMaps(List<Measured<TsneReport>> runs) {
        MethodLabels labels = new MethodLabels(runs);
        for (Measured<TsneReport> run : runs) {
            for (String method : run.methods()) {
                figures.add(
                        SILHOUETTE.in(labels.setting(run)),
                        labels.of(run, method),
                        source(run),
                        silhouette(run.result(), method),
                        Difference.Over.RUNS);
            }
        }
    }

    /** Returns the mean over domains. */
    private static double silhouette(TsneReport report, String method) {
        return report.domains().stream()
                .flatMap(domain -> domain.methods().stream())
                .filter(result -> result.method().equals(method))
                .map(TsneResult::features)
                .mapToDouble(quality -> quality.silhouette())
                .average()
                .orElseThrow();
    }
}
