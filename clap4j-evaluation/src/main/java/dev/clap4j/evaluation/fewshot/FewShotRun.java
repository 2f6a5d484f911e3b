package dev.clap4j.evaluation.fewshot;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.FewShotCell;
import dev.clap4j.evaluation.FewShotDraw;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.ResultLog;
import dev.clap4j.internal.run.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains linear probes for methods, shots, seeds and domains. Every finished probe is logged and not
 * trained again when the run resumes; interruptions do not change the result.
 */
public final class FewShotRun {
    private final EncodedDataset data;
    private final FewShotPlan plan;
    private final List<Method> methods;
    private final Progress progress;

    /**
     * A run.
     *
     * @param methods CLIP first; their names differ
     */
    public FewShotRun(EncodedDataset data, FewShotPlan plan, List<Method> methods, Progress progress) {
        this.data = data;
        this.plan = plan;
        this.methods = List.copyOf(methods);
        this.progress = progress;
    }

    /** The key of a probe. */
    private record Key(String method, int shots, long seed, String domain) {
        static Key of(FewShotCell cell) {
            return new Key(cell.method(), cell.shots(), cell.seed(), cell.domain());
        }
    }

    /** A probe to train. */
    private record Task(Method method, int shots, FewShotDraw draw, int domain) {}

    /**
     * Trains the missing probes and writes the result.
     *
     * @param folder of the same plan and data set
     * @return the curves
     * @throws ClapException if the log in the folder is damaged
     * @throws dev.clap4j.StoppedException if the progress asks to stop; it says how many probes are kept
     */
    public FewShotCurves run(FewShotFolder folder, Backbone backbone) {
        List<Task> tasks = tasks(folder.draws());
        ResultLog<Key, FewShotCell> log =
                ResultLog.open(folder.cells(), FewShotCell.class, Key::of, "result of a probe");
        List<Task> missing = tasks.stream().filter(task -> !log.has(key(task))).toList();
        Steps steps = Steps.begin(progress, "probes", tasks.size(), tasks.size() - missing.size());
        for (Method method : methods) {
            train(missing.stream().filter(task -> task.method.equals(method)).toList(), log, steps);
        }
        FewShotCurves curves = FewShotCurves.of(setting(backbone), log.all());
        ResultFile.save(folder.result(), curves);
        return curves;
    }

    private List<Task> tasks(List<FewShotDraw> draws) {
        List<Task> tasks = new ArrayList<>();
        for (Method method : methods) {
            for (int shots : plan.shots()) {
                for (FewShotDraw draw : draws) {
                    for (int d = 0; d < data.images().size(); d++) {
                        tasks.add(new Task(method, shots, draw, d));
                    }
                }
            }
        }
        return tasks;
    }

    private Key key(Task task) {
        return new Key(
                task.method.name(),
                task.shots,
                task.draw.seed(),
                data.dataset().domains().get(task.domain).name());
    }

    /** Trains the probes of one method in parallel; probes with equal shots take about the same time. */
    private void train(List<Task> tasks, ResultLog<Key, FewShotCell> log, Steps steps) {
        if (tasks.isEmpty()) {
            return;
        }
        Method method = tasks.get(0).method;
        List<FeatureMatrix> mapped = data.mapped(method::apply);
        FewShotProtocol protocol = new FewShotProtocol(data, plan.recipe());
        for (int shots : plan.shots()) {
            List<Task> alike =
                    tasks.stream().filter(task -> task.shots == shots).toList();
            steps.parallel(alike, task -> {
                FewShotCell cell = protocol.cell(method, mapped, task.domain, task.draw.support(shots));
                synchronized (log) {
                    log.add(cell);
                }
                steps.note(cell.method() + ", " + shots + (shots == 1 ? " shot" : " shots"));
            });
        }
    }

    private FewShotCurves.Setting setting(Backbone backbone) {
        return new FewShotCurves.Setting(
                backbone.name(),
                backbone.fingerprint(),
                data.dataset().root().toString(),
                data.dataset().size(),
                data.dataset().classes(),
                data.dataset().domains().stream().map(Domain::name).toList(),
                methods.stream().map(Method::name).toList(),
                plan.recipe().name(),
                plan.shots(),
                plan.seeds());
    }
}
