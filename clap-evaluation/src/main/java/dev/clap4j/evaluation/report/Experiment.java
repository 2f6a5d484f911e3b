package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.AttackRow;
import dev.clap4j.evaluation.attack.MethodRobustness;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.fewshot.FewShotPoint;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that was measured of one model on one data set.
 *
 * @param first any of its runs
 * @param zeroShot runs of that protocol, and so on
 */
record Experiment(
        RunRecord first,
        List<Measured<ZeroShotReport>> zeroShot,
        List<Measured<FewShotCurves>> fewShot,
        List<Measured<AttackReport>> attacks,
        List<Measured<TsneReport>> maps) {

    private static final String OFFICIAL = "official";
    private static final Measure MEAN = Measure.accuracy(Measure.ZERO_SHOT, "mean", "Zero-shot, mean of C, PC and CP");

    private static final Measure RANGE = Measure.spread(Measure.ZERO_SHOT, "R", "R, range over C, PC and CP");

    private static final Measure DEVIATION = Measure.spread(Measure.ZERO_SHOT, "δ", "δ, deviation over C, PC and CP");

    private static final Measure DROP =
            Measure.spread(Measure.ZERO_SHOT, "Δ(NC)", "Δ(NC), lost to noise in the prompt");

    private static final Measure SILHOUETTE =
            new Measure(Measure.CLUSTERS, "silhouette", "Silhouette of classes in image features", true, 0.01);

    /** Finished measurements by model and data set, in the order of the runs. */
    static List<Experiment> of(List<RunRecord> runs) {
        Map<String, List<RunRecord>> groups = new LinkedHashMap<>();
        runs.stream().filter(run -> run.protocol().isPresent()).forEach(run -> groups.computeIfAbsent(
                        run.model("fingerprint") + " " + run.data(), key -> new ArrayList<>())
                .add(run));
        return groups.values().stream()
                .map(Experiment::together)
                .filter(Experiment::isMeasured)
                .toList();
    }

    private static Experiment together(List<RunRecord> runs) {
        List<Measured<ZeroShotReport>> zeroShot = new ArrayList<>();
        List<Measured<FewShotCurves>> fewShot = new ArrayList<>();
        List<Measured<AttackReport>> attacks = new ArrayList<>();
        List<Measured<TsneReport>> maps = new ArrayList<>();
        for (RunRecord run : runs) {
            switch (run.protocol().orElseThrow()) {
                case ZERO_SHOT -> add(run, ZeroShotReport.class, zeroShot);
                case FEW_SHOT -> add(run, FewShotCurves.class, fewShot);
                case ATTACK -> add(run, AttackReport.class, attacks);
                case TSNE -> add(run, TsneReport.class, maps);
                case REPRODUCTION -> {
                    // Its parts are runs of their own.
                }
            }
        }
        return new Experiment(runs.get(0), zeroShot, fewShot, attacks, maps);
    }

    private static <T> void add(RunRecord run, Class<T> type, List<Measured<T>> runs) {
        run.result(run.protocol().orElseThrow().file(), type)
                .ifPresent(result -> runs.add(new Measured<>(run, result)));
    }

    private boolean isMeasured() {
        return Stream.of(zeroShot, fewShot, attacks, maps).anyMatch(list -> !list.isEmpty());
    }

    /** The data set as people call it. */
    String data() {
        return String.valueOf(Path.of(first.data()).getFileName());
    }

    String model() {
        String architecture = first.model("architecture");
        String name = first.model("name");
        return architecture.isEmpty() || architecture.equals(name) ? name : name + " (" + architecture + ")";
    }

    List<String> classes() {
        return Stream.of(
                        zeroShot.stream().map(run -> run.result().classes()),
                        fewShot.stream().map(run -> run.result().setting().classes()),
                        attacks.stream().map(run -> run.result().classes()),
                        maps.stream().map(run -> run.result().classes()))
                .flatMap(lists -> lists)
                .findFirst()
                .orElseThrow();
    }

    Published published() {
        return Published.find(first.model("architecture"), classes());
    }

    /** All measures. */
    List<Outcome> outcomes() {
        Outcome.Gathering figures = new Outcome.Gathering();
        zeroShot.forEach(run -> run.result().methods().forEach(method -> add(figures, run.id(), method)));
        for (Measured<FewShotCurves> run : fewShot) {
            for (FewShotPoint point : run.result().points()) {
                Measure measure = Measure.accuracy(
                        Measure.FEW_SHOT,
                        String.valueOf(point.shots()),
                        "Linear probe, " + point.shots() + (point.shots() == 1 ? " shot" : " shots") + probe(run));
                figures.add(
                        measure,
                        Method.kindOf(point.method()),
                        run.id(),
                        point.mean().within().mean());
            }
        }
        attacks.forEach(run -> run.result().methods().forEach(method -> add(figures, run, method)));
        for (Measured<TsneReport> run : maps) {
            for (TsneResult any : run.result().domains().get(0).methods()) {
                figures.add(SILHOUETTE, Method.kindOf(any.method()), run.id(), silhouette(run.result(), any.method()));
            }
        }
        return figures.outcomes(published());
    }

    private static String probe(Measured<FewShotCurves> run) {
        String probe = run.result().setting().probe();
        return probe.equals(OFFICIAL) ? "" : " (" + probe + ")";
    }

    private static void add(Outcome.Gathering figures, String run, MethodResult method) {
        String kind = Method.kindOf(method.method());
        Map<String, Double> means = new LinkedHashMap<>();
        method.prompts().forEach(prompt -> means.put(prompt.prompt(), prompt.mean()));
        means.forEach((prompt, mean) ->
                figures.add(Measure.accuracy(Measure.ZERO_SHOT, prompt, "Zero-shot, " + prompt), kind, run, mean));
        if (method.range() != null) {
            figures.add(MEAN, kind, run, Metrics.mean(List.of(means.get("C"), means.get("PC"), means.get("CP"))));
        }
        figures.add(RANGE, kind, run, method.range());
        figures.add(DEVIATION, kind, run, method.deviation());
        figures.add(DROP, kind, run, method.noiseDrop());
    }

    private static void add(Outcome.Gathering figures, Measured<AttackReport> run, MethodRobustness method) {
        boolean zeroShot = run.result().classifier().equals("zeroshot");
        boolean official = run.result().threat().equals(OFFICIAL);
        String part = zeroShot ? Measure.ATTACKED : Measure.ATTACKED_ONE_SHOT;
        for (AttackRow row : method.rows()) {
            String title = (zeroShot ? "Zero-shot (C)" : "1-shot probe")
                    + (row.attack().equals("none") ? " on the attacked images" : " under " + row.attack());
            PromptResult attacked = row.attacked();
            figures.add(
                    // Only figures under the published threat may stand beside published ones.
                    Measure.accuracy(
                            official ? part : part + ", pixels",
                            row.attack(),
                            title + (official ? "" : " (pixel threat)")),
                    Method.kindOf(method.method()),
                    run.id(),
                    attacked.mean());
        }
    }

    /** The mean over domains. */
    private static double silhouette(TsneReport report, String method) {
        return report.domains().stream()
                .flatMap(domain -> domain.methods().stream())
                .filter(result -> result.method().equals(method))
                .mapToDouble(result -> result.features().silhouette())
                .average()
                .orElseThrow();
    }
}
