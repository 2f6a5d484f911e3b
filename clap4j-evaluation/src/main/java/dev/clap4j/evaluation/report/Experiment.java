package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.MethodRobustness;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.evaluation.tsne.TsneResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All results of one model on one data set.
 *
 * @param first any of the runs
 * @param root the folder that contains all of them
 * @param zeroShot the zero-shot runs; likewise for the other protocols
 */
record Experiment(
        RunRecord first,
        Path root,
        List<Measured<ZeroShotReport>> zeroShot,
        List<Measured<FewShotCurves>> fewShot,
        List<Measured<AttackReport>> attacks,
        List<Measured<TsneReport>> maps) {

    /** Groups finished runs by model and data set, in the order of the runs. */
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
                case ZERO_SHOT -> add(run, ZeroShotReport.class, Experiment::methods, zeroShot);
                case FEW_SHOT -> add(run, FewShotCurves.class, Experiment::methods, fewShot);
                case ATTACK -> add(run, AttackReport.class, Experiment::methods, attacks);
                case TSNE -> add(run, TsneReport.class, Experiment::methods, maps);
                case REPRODUCTION -> {
                    // Its parts are separate runs.
                }
            }
        }
        return new Experiment(runs.get(0), root(runs), zeroShot, fewShot, attacks, maps);
    }

    private static <T> void add(
            RunRecord run, Class<T> type, Function<T, List<String>> methods, List<Measured<T>> runs) {
        run.result(run.protocol().orElseThrow().file(), type)
                .ifPresent(result -> runs.add(new Measured<>(run, result, methods.apply(result))));
    }

    private static List<String> methods(ZeroShotReport report) {
        return report.methods().stream().map(MethodResult::method).toList();
    }

    private static List<String> methods(FewShotCurves curves) {
        return curves.setting().methods();
    }

    private static List<String> methods(AttackReport report) {
        return report.methods().stream().map(MethodRobustness::method).toList();
    }

    private static List<String> methods(TsneReport report) {
        return report.domains().stream()
                .flatMap(domain -> domain.methods().stream())
                .map(TsneResult::method)
                .distinct()
                .toList();
    }

    private boolean isMeasured() {
        return Stream.of(zeroShot, fewShot, attacks, maps).anyMatch(list -> !list.isEmpty());
    }

    /** Returns the run directory relative to the common root. */
    String name(Measured<?> run) {
        return root.relativize(run.run().folder()).toString().replace('\\', '/');
    }

    /** Returns the deepest folder that contains all runs. */
    private static Path root(List<RunRecord> runs) {
        Path root = runs.get(0).folder();
        for (RunRecord run : runs) {
            while (root.getParent() != null
                    && (!run.folder().startsWith(root) || run.folder().equals(root))) {
                root = root.getParent();
            }
        }
        return root;
    }

    /** Returns the name of the data set. */
    String data() {
        String folder = first.data().replaceFirst("[/\\\\]+$", "");
        return folder.substring(Math.max(folder.lastIndexOf('/'), folder.lastIndexOf('\\')) + 1);
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
}
