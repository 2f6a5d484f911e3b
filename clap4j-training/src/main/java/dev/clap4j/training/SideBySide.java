package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.RunStart;
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
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

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
     * @param advance told how many more steps are done, by one thread at a time
     * @param stop asked whether all runs should stop; they can be resumed
     * @return the results in the order of the jobs
     * @throws ClapException as training does
     */
    public List<TrainingResult> train(List<Job> jobs, IntConsumer advance, BooleanSupplier stop) {
        int threads = Math.max(1, Math.min(jobs.size(), Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<TrainingResult>> results = jobs.stream()
                    .map(job -> pool.submit(() -> train(job, advance, stop)))
                    .toList();
            List<TrainingResult> all = new ArrayList<>();
            for (Future<TrainingResult> result : results) {
                all.add(await(result));
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private TrainingResult train(Job job, IntConsumer advance, BooleanSupplier stop) {
        // Where every processor has a head of its own, products are not shared.
        OneThread thread = OneThread.begin();
        try {
            return new ClapTrainer(job.options, backbone, encoder, job.plan(encoder))
                    .train(job.folder, job.start, "", new Steps(advance, stop));
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
            throw new IllegalStateException("A head could not be trained", e);
        }
    }

    /** Passes the steps of one head on, and the wish to stop to it. */
    private static final class Steps implements TrainingListener {
        private final IntConsumer advance;
        private final BooleanSupplier stop;
        private int told;

        Steps(IntConsumer advance, BooleanSupplier stop) {
            this.advance = advance;
            this.stop = stop;
        }

        @Override
        public void progress(TrainingProgress at) {
            if (at.step() > told) {
                synchronized (advance) {
                    advance.accept(at.step() - told);
                }
                told = at.step();
            }
        }

        @Override
        public boolean shouldStop() {
            return stop.getAsBoolean();
        }
    }
}
