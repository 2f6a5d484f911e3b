package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.torch.OneThread;
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
 * Several heads of one model, trained side by side on shared texts. What they will be trained on is known beforehand: once
 * {@link #texts} are encoded, no head depends on which other comes first.
 */
public final class SideBySide {
    private final Backbone backbone;
    private final SharedTexts encoder;

    /** Training on a model's texts. */
    public SideBySide(Backbone backbone, SharedTexts encoder) {
        this.backbone = backbone;
        this.encoder = encoder;
    }

    /**
     * One head.
     *
     * @param options how it is trained
     * @param prompts by class, in the order of the options' classes
     * @param folder the run's folder
     * @param start what to do with a run that is already there
     */
    public record Job(ClapOptions options, List<List<String>> prompts, Path folder, RunStart start) {
        private TrainingPlan plan(SharedTexts encoder) {
            return TrainingPlan.of(options, prompts, encoder.contextWidth());
        }
    }

    /** Every text without noise that the heads will be trained on, each once, in a fixed order. */
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
     * @param progress of the steps of all heads
     * @return the results in the order of the jobs
     * @throws ClapException as training does
     * @throws StoppedException if the progress asks to stop; it says how many steps the runs keep, which can be resumed
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

    /** The results; where one run was stopped, the others are, and each saves what it has before this ends. */
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
        // Where every processor has a head of its own, products are not shared.
        OneThread thread = OneThread.begin();
        try {
            return new ClapTrainer(job.options, backbone, encoder, job.plan(encoder))
                    .train(job.folder, job.start, "", progress);
        } finally {
            thread.close();
        }
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
