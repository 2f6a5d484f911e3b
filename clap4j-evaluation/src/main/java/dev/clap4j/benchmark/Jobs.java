package dev.clap4j.benchmark;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.benchmark.Benchmark.Row;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.measurement.attack.GradientTrial;
import dev.clap4j.experiment.recipe.RandomFeatures;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ImageEncoder;
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
import java.util.function.Consumer;

/** Times whole jobs of a model against the engine's rate of matrix products. */
public final class Jobs {
    private static final int BATCH = 8;
    private static final int FILES = 64;
    private static final int STEPS = 480;
    private static final double GIGA = 1e9;

    private final Checkpoint checkpoint;
    private final Engine engine;
    private final Dataset images;
    private final Stopwatch watch;

    /**
     * Prepares the jobs.
     *
     * @param images some image files; null to skip jobs that need them
     * @param seconds the approximate time to repeat each job
     */
    public Jobs(Checkpoint checkpoint, Engine engine, Dataset images, double seconds) {
        this.checkpoint = checkpoint;
        this.engine = engine;
        this.images = images;
        this.watch = new Stopwatch(seconds);
    }

    /**
     * Runs all jobs.
     *
     * @param begun receives the name of each job before it starts
     */
    public Benchmark run(Consumer<String> begun) {
        Benchmark.Machine machine = MachineFacts.machine();
        List<Row> rows = new ArrayList<>();
        MeteredEngine metered = new MeteredEngine(engine);
        try (MatrixRate matrices = new MatrixRate(engine);
                ClipModel clip = ClipModel.of(checkpoint, metered, Overflow.TRUNCATE)) {
            begun.accept("matrix products");
            double rate = MatrixRate.rate(watch.median(matrices::run));
            rows.add(new Row("matrix products", 2 * rate / GIGA, "GFLOP/s", 100.0));
            begun.accept("image encoder");
            Meter meter = new Meter(metered, matrices);
            rows.add(imageEncoder(clip, meter));
            if (images != null) {
                begun.accept("image files");
                rows.add(imageFiles(clip, meter));
            }
            begun.accept("texts");
            rows.add(texts(clip, meter));
            begun.accept("training steps");
            rows.add(trainingSteps(clip));
            if (images != null) {
                begun.accept("gradients of images");
                rows.add(gradients(clip));
            }
        }
        MachineFacts.peakGib().ifPresent(peak -> rows.add(new Row("peak memory of this process", peak, "GiB", null)));
        return new Benchmark(machine, Backbone.nameOf(checkpoint), rows);
    }

    private Row imageEncoder(ClipModel clip, Meter meter) {
        int side = checkpoint.architecture().vision().imageSize();
        TensorData pixels = TensorData.of("pixels", new float[BATCH * 3 * side * side], BATCH, 3, side, side);
        ImageEncoder encoder = clip.images().encoder();
        return meter.row("image encoder, batches of " + BATCH, BATCH, "images/s", () -> encoder.encode(pixels));
    }

    private Row imageFiles(ClipModel clip, Meter meter) {
        List<Path> files = images.files();
        List<Path> some = files.subList(0, Math.min(FILES, files.size()));
        Runnable encode = () -> clip.images().encode(some, Steps.untold());
        return meter.row("image files to features", some.size(), "images/s", encode);
    }

    private Row texts(ClipModel clip, Meter meter) {
        List<String> prompts = Preset.PACS.classes().stream()
                .flatMap(name -> PromptLanguage.ENGLISH.templates(name).stream())
                .toList();
        Runnable encode = () -> clip.texts().encode(prompts);
        return meter.row("template prompts to features", prompts.size(), "texts/s", encode);
    }

    /** Times jobs and plain matrix products alternately. */
    private final class Meter {
        private final MeteredEngine metered;
        private final MatrixRate matrices;

        Meter(MeteredEngine metered, MatrixRate matrices) {
            this.metered = metered;
            this.matrices = matrices;
        }

        Row row(String job, int count, String unit, Runnable work) {
            long before = metered.multiplyAdds();
            work.run();
            long multiplyAdds = metered.multiplyAdds() - before;
            Stopwatch.Pair seconds = watch.paired(work, matrices::run);
            double limit = MatrixRate.rate(seconds.other());
            return new Row(job, count / seconds.work(), unit, 100 * multiplyAdds / seconds.work() / limit);
        }
    }

    /** Times training steps on random features. */
    private Row trainingSteps(ClipModel clip) {
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

    private Row gradients(ClipModel clip) {
        AttackOptions options = new AttackOptions(
                Attacks.parse("fgsm"),
                AttackOptions.EPSILON,
                ThreatModel.PIXEL,
                AttackOptions.Classifier.ZEROSHOT,
                AttackOptions.ALL,
                0);
        return new Row("gradients of images", 1 / GradientTrial.seconds(clip, images, options), "images/s", null);
    }
}
