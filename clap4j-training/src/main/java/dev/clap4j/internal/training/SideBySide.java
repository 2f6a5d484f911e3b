package dev.clap4j.internal.training;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.blas.RowBlocks;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Trains several heads of one model in parallel on shared texts. Their texts are known in advance: once {@link #texts}
 * are encoded, no head depends on the order in which heads are trained.
 */
public final class SideBySide {
    private final Backbone backbone;
    private final SharedTexts encoder;

    /** Creates a trainer on a model's texts. */
    public SideBySide(Backbone backbone, SharedTexts encoder) {
        this.backbone = backbone;
        this.encoder = encoder;
    }

    /**
     * The training of one head.
     *
     * @param options the training options
     * @param prompts the prompts of each class, in the order of the options' classes
     * @param folder the run directory
     * @param start how to treat a run that already exists in the directory
     */
    public record Job(ClapOptions options, List<List<String>> prompts, Path folder, RunStart start) {
        private TrainingPlan plan(SharedTexts encoder) {
            return TrainingPlan.of(options, prompts, encoder.contextWidth());
        }
    }

    /** Returns the distinct texts without noise that the heads are trained on, in a fixed order. */
    public Set<String> texts(List<Job> jobs) {
        Set<String> needed = new LinkedHashSet<>();
        for (Job job : jobs) {
            needed.addAll(job.options.classes());
            job.prompts.forEach(needed::addAll);
            TrainingPlan plan = job.plan(encoder);
            for (int i = 0; i < job.options.schedule().intervals(); i++) {
                plan.interval(i).stream()
                        .filter(step -> !step.isNoisy())
                        .map(PlannedStep::augmented)
                        .forEach(needed::addAll);
            }
        }
        return needed;
    }

    /**
     * Trains the heads, as many at once as there are processors.
     *
     * @param progress advanced by the steps of all heads
     * @return the results in the order of the jobs
     * @throws ClapException if a head cannot be trained, see
     *     {@link ClapTrainer#train(Path, RunStart, String, Progress)}
     * @throws StoppedException if the progress requests a stop; it carries the number of steps kept, from which the
     *     runs can be resumed
     */
    public List<TrainingResult> train(List<Job> jobs, Progress progress) {
        Steps steps = Steps.begin(progress, "heads", steps(jobs));
        int threads = Math.max(1, Math.min(jobs.size(), Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<TrainingResult>> results = jobs.stream()
                    .map(job -> pool.submit(() -> train(job, steps.inside())))
                    .toList();
            return await(results, steps(jobs));
        } finally {
            pool.shutdownNow();
        }
    }

    private static long steps(List<Job> jobs) {
        return jobs.stream().mapToLong(job -> job.options.schedule().steps()).sum();
    }

    /** Waits for all results. If a run was stopped, waits until the others have stopped and saved their state. */
    private static List<TrainingResult> await(List<Future<TrainingResult>> results, long steps) {
        List<TrainingResult> all = new ArrayList<>();
        long kept = 0;
        for (Future<TrainingResult> result : results) {
            try {
                TrainingResult done = await(result);
                all.add(done);
                kept += done.steps();
            } catch (StoppedException e) {
                kept += e.done();
            }
        }
        if (all.size() < results.size()) {
            throw new StoppedException("heads", kept, steps);
        }
        return all;
    }

    private TrainingResult train(Job job, Progress progress) {
        return RowBlocks.alone(() -> new ClapTrainer(job.options, backbone, encoder, job.plan(encoder))
                .train(job.folder, job.start, "", progress));
    }

    private static TrainingResult await(Future<TrainingResult> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClapException("The training was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClapException known) {
                throw known;
            }
            if (e.getCause() instanceof StoppedException stopped) {
                throw stopped;
            }
            throw new IllegalStateException("A head could not be trained", e);
        }
    }
}
