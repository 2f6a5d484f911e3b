package dev.clap4j.evaluation.quickstart;

import dev.clap4j.ClapException;
import dev.clap4j.evaluation.quickstart.QuickstartListener.Part;
import dev.clap4j.head.Head;
import dev.clap4j.prompt.TemplatePrompts;
import dev.clap4j.run.RunStart;
import dev.clap4j.run.Streams;
import dev.clap4j.training.Backbone;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ClapTrainer;
import dev.clap4j.training.PlannedStep;
import dev.clap4j.training.TrainingListener;
import dev.clap4j.training.TrainingPlan;
import dev.clap4j.training.TrainingProgress;
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
import java.util.random.RandomGenerator;

/**
 * Several heads on the same texts. What they will be trained on is planned ahead, so that every text is encoded once, in
 * an order that does not depend on which head comes first; then the heads are trained side by side.
 */
final class HeadTraining {
    private final QuickstartOptions options;
    private final Backbone backbone;
    private final SharedTexts texts;
    private final Path folder;
    private final QuickstartListener listener;

    HeadTraining(
            QuickstartOptions options, Backbone backbone, SharedTexts texts, Path folder, QuickstartListener listener) {
        this.options = options;
        this.backbone = backbone;
        this.texts = texts;
        this.folder = folder;
        this.listener = listener;
    }

    /** A head and how its training went. */
    record Trained(long seed, Head head, TrainingResult result) {}

    /** The prompts of each class to train on. */
    static List<List<String>> prompts(QuickstartOptions options) {
        Streams streams = new Streams(options.seed());
        List<List<String>> all = new ArrayList<>();
        List<String> classes = options.training().classes();
        for (int c = 0; c < classes.size(); c++) {
            List<String> prompts = new ArrayList<>(TemplatePrompts.of(classes.get(c)));
            RandomGenerator random = streams.get("training prompts", c);
            for (int i = 0; i < options.promptsPerClass(); i++) {
                int other = random.nextInt(i, prompts.size());
                String drawn = prompts.set(other, prompts.get(i));
                prompts.set(i, drawn);
            }
            all.add(List.copyOf(prompts.subList(0, options.promptsPerClass())));
        }
        return all;
    }

    /**
     * Encodes all texts and trains all heads, in the order of their seeds.
     *
     * @param others texts that will be needed later, to be encoded in the same go
     */
    List<Trained> train(List<String> others) {
        List<List<String>> prompts = prompts(options);
        Set<String> needed = new LinkedHashSet<>(options.training().classes());
        needed.addAll(others);
        prompts.forEach(needed::addAll);
        for (long seed : options.headSeeds()) {
            plan(seed, prompts, needed);
        }
        List<String> unknown = texts.unknown(needed);
        listener.begin(Part.TEXTS, unknown.size());
        texts.encode(unknown, listener::advance);

        listener.begin(
                Part.HEADS,
                (long) options.headSeeds().size()
                        * options.training().schedule().steps());
        int threads = Math.min(
                options.headSeeds().size(), Math.max(1, Runtime.getRuntime().availableProcessors()));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Trained>> heads = options.headSeeds().stream()
                    .map(seed -> pool.submit(() -> train(seed, prompts)))
                    .toList();
            return heads.stream().map(HeadTraining::await).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private void plan(long seed, List<List<String>> prompts, Set<String> needed) {
        ClapOptions training = options.training().withSeed(seed);
        TrainingPlan plan = TrainingPlan.of(training, prompts, texts.contextWidth());
        for (int i = 0; i < training.schedule().intervals(); i++) {
            plan.interval(i).stream()
                    .filter(step -> !step.isNoisy())
                    .map(PlannedStep::augmented)
                    .forEach(needed::addAll);
        }
    }

    private Trained train(long seed, List<List<String>> prompts) {
        ClapOptions training = options.training().withSeed(seed);
        TrainingPlan plan = TrainingPlan.of(training, prompts, texts.contextWidth());
        TrainingResult result = new ClapTrainer(training, backbone, texts, plan)
                .train(folder.resolve("head-" + seed), RunStart.OVERWRITE, "", new Steps());
        return new Trained(seed, Head.load(result.head()), result);
    }

    private static Trained await(Future<Trained> head) {
        try {
            return head.get();
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

    /** Passes the steps of one head on. */
    private final class Steps implements TrainingListener {
        private int told;

        @Override
        public void progress(TrainingProgress at) {
            if (at.step() > told) {
                synchronized (listener) {
                    listener.advance(at.step() - (long) told);
                }
                told = at.step();
            }
        }
    }
}
