package dev.clap4j.benchmark;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.measurement.attack.GradientTrial;
import dev.clap4j.experiment.measurement.attack.Robustness;
import dev.clap4j.experiment.recipe.RandomFeatures;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.MeteredEngine;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.Preset;
import dev.clap4j.training.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whole jobs of a model on one machine, timed against the engine's rate of matrix products.
 *
 * @param machine the machine
 * @param model the model
 * @param rows one row per job
 */
public record Benchmark(Machine machine, String model, List<Row> rows) {
    private static final int BATCH = 8;
    private static final int FILES = 64;
    private static final int STEPS = 480;
    private static final double GIGA = 1e9;

    /**
     * One job.
     *
     * @param job its name
     * @param value the median of several runs
     * @param unit such as {@code images/s}
     * @param limitShare the fraction of the measured rate of plain matrix products of the same precision, in
     *     percent; null for jobs other than matrix products
     */
    public record Row(String job, double value, String unit, Double limitShare) {}

    /** A job that can be timed. */
    public enum Job {
        PRODUCTS("matrix products", false),
        IMAGES("image encoder", false),
        FILES("image files", true),
        TEXTS("texts", false),
        TRAINING("training steps", false),
        GRADIENTS("gradients of images", true);

        private final String title;
        private final boolean onFiles;

        Job(String title, boolean onFiles) {
            this.title = title;
            this.onFiles = onFiles;
        }

        /** Returns whether it needs image files. */
        public boolean isOnFiles() {
            return onFiles;
        }
    }

    /**
     * Runs jobs, in the order of {@link Job}.
     *
     * @param jobs the jobs
     * @param images some image files; null if no job needs any
     * @param seconds the approximate time to repeat each job; one that takes longer runs once, and all others at least
     *     three times after a first run that does not count
     * @param begun receives the name of each job before it starts
     */
    public static Benchmark run(
            Checkpoint checkpoint,
            Engine engine,
            Set<Job> jobs,
            Dataset images,
            double seconds,
            Consumer<String> begun) {
        Machine machine = Machine.own();
        MeteredEngine metered = new MeteredEngine(engine);
        List<Row> rows = new ArrayList<>();
        try (MatrixRate matrices = new MatrixRate(engine);
                ClipModel clip = ClipModel.of(checkpoint, metered, Overflow.TRUNCATE)) {
            Bench bench = new Bench(clip, metered, matrices, images, new Stopwatch(seconds));
            for (Job job : Job.values()) {
                if (jobs.contains(job)) {
                    begun.accept(job.title);
                    rows.add(bench.time(job));
                }
            }
        }
        Machine.peakGib().ifPresent(peak -> rows.add(new Row("peak memory of this process", peak, "GiB", null)));
        return new Benchmark(machine, Backbone.nameOf(checkpoint), rows);
    }

    /** Returns a batch of black images. */
    static TensorData pixels(int side) {
        return TensorData.of("pixels", new float[BATCH * 3 * side * side], BATCH, 3, side, side);
    }

    /** Returns all template prompts of classes. */
    static List<String> prompts(List<String> classes) {
        return classes.stream()
                .flatMap(name -> PromptLanguage.ENGLISH.templates(name).stream())
                .toList();
    }

    /** The model, the data and the stopwatch that all jobs share. */
    private record Bench(ClipModel clip, MeteredEngine metered, MatrixRate matrices, Dataset images, Stopwatch watch) {
        Row time(Job job) {
            return switch (job) {
                case PRODUCTS ->
                    new Row(
                            "matrix products",
                            2 * MatrixRate.rate(watch.median(matrices::run)) / GIGA,
                            "GFLOP/s",
                            100.0);
                case IMAGES -> {
                    TensorData pixels =
                            pixels(clip.checkpoint().architecture().vision().imageSize());
                    yield row("image encoder, batches of " + BATCH, BATCH, "images/s", () -> clip.images()
                            .encoder()
                            .encode(pixels));
                }
                case FILES -> {
                    List<Path> files = images.files().stream().limit(FILES).toList();
                    yield row("image files to features", files.size(), "images/s", () -> clip.images()
                            .encode(files, Steps.unreported()));
                }
                case TEXTS -> {
                    List<String> prompts = prompts(Preset.PACS.classes());
                    yield row("template prompts to features", prompts.size(), "texts/s", () -> clip.texts()
                            .encode(prompts));
                }
                case TRAINING -> trainingSteps();
                case GRADIENTS -> gradients();
            };
        }

        /** Times a job and plain matrix products alternately. */
        private Row row(String name, int count, String unit, Runnable work) {
            long before = metered.multiplyAdds();
            work.run();
            long multiplyAdds = metered.multiplyAdds() - before;
            double[] seconds = watch.medians(work, matrices::run);
            double limit = MatrixRate.rate(seconds[1]);
            return new Row(name, count / seconds[0], unit, 100 * multiplyAdds / seconds[0] / limit);
        }

        private Row trainingSteps() {
            RandomFeatures features =
                    new RandomFeatures(clip.embedDim(), clip.texts().contextWidth());
            ClapOptions options = Preset.PACS
                    .options(clip.embedDim())
                    .withNoise(ContextNoise.NONE)
                    .withSchedule(new Schedule(STEPS, STEPS, 1, 0));
            double seconds = watch.median(() -> {
                try (TemporaryFolder folder = TemporaryFolder.create()) {
                    new ClapTrainer(options, Backbone.of(clip), features)
                            .train(folder.path().resolve("run"));
                }
            });
            return new Row("training steps of a PACS head, without the encoder", STEPS / seconds, "steps/s", null);
        }

        private Row gradients() {
            AttackOptions options = AttackOptions.of(Robustness.KIND.values(Map.of("attacks", List.of("fgsm"))));
            return new Row("gradients of images", 1 / GradientTrial.seconds(clip, images, options), "images/s", null);
        }
    }
}
