package dev.clap4j.experiment.recipe;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.FeatureMap;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.attack.GradientTrial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.TrainingPlan;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.tsne.TsneOptions;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Times a sample of each kind of work, see {@link UnitCost}. */
final class ForecastTrials {
    private static final int TEXTS = 64;
    private static final int IMAGES = 16;
    private static final int STEPS = 8;

    /** Larger maps than this are not tried out, and take longer in proportion. */
    private static final int POINTS = 2000;

    private static final int FEW_ITERATIONS = 40;
    private static final int MORE_ITERATIONS = 200;

    /** Features of a CLIP model have so much in common; that makes probes learn slowly. */
    private static final float COMMON = 1.5f;

    private final ClipModel clip;
    private final PaperProtocol plan;
    private final RandomFeatures random;

    ForecastTrials(ClipModel clip, PaperProtocol plan) {
        this.clip = clip;
        this.plan = plan;
        this.random = new RandomFeatures(clip.embedDim(), clip.texts().contextWidth());
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Among others that begin alike, as training encodes them. */
    double secondsOfText(List<String> texts) {
        List<String> sorted = texts.stream().sorted().toList();
        return UnitCost.secondsEach(TEXTS, sorted.size(), count -> clip.texts().encode(sorted.subList(0, count)));
    }

    /** With noise before it, so that it begins like no other. */
    double secondsOfNoisyText() {
        List<String> classes = plan.data().classes();
        float[][] noise = new float[4][clip.texts().contextWidth()];
        return UnitCost.secondsEach(TEXTS, 1 << 20, count -> clip.texts()
                .encodeWithContext(IntStream.range(0, count)
                        .mapToObj(i -> new ContextText(classes.get(i % classes.size()), noise, ContextPosition.FRONT))
                        .toList()));
    }

    double secondsOfImage() {
        List<Path> files = plan.data().files();
        return UnitCost.secondsEach(IMAGES, files.size(), count -> clip.images().encode(files.subList(0, count)));
    }

    double secondsOfStep() {
        return UnitCost.secondsEach(STEPS, 1 << 20, this::train);
    }

    private void train(int steps) {
        ClapOptions options = plan.training().withSchedule(new Schedule(steps, steps, 1, 0));
        TrainingPlan training = TrainingPlan.of(options, plan.prompts(), random.contextWidth());
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            new ClapTrainer(options, Backbone.of(clip), random, training)
                    .train(folder.path().resolve("run"));
        }
    }

    /** The mean over the numbers of shots, as long as one takes when as many are trained at once as there are processors. */
    double secondsOfProbe() {
        Dataset first = plan.data().onlyDomain(plan.data().domains().get(0).name());
        EncodedDataset images =
                new EncodedDataset(first, List.of(alike(first.domains().get(0))));
        List<Integer> shots = plan.shots();
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), plan.methods() * shots.size());
        IntConsumer probes = count -> LongStream.range(0, processors)
                .parallel()
                .forEach(seed -> measure(images, FewShot.of(List.of(count), List.of(seed), ProbeOptions.OFFICIAL)));
        probes.accept(shots.get(0)); // The first run warms up.
        return seconds(() -> shots.forEach(probes::accept)) / shots.size() / processors;
    }

    private void measure(EncodedDataset images, Measurement measurement) {
        new Trial(subject(images), measurement).results();
    }

    private Subject subject(EncodedDataset images) {
        return new Subject(Optional.of(clip), random, images, List.of(Method.CLIP), Condition.NONE);
    }

    /** Features that are as near to one another as those of a model. */
    private FeatureMatrix alike(Domain domain) {
        FeatureMatrix features = random.rows(domain.images().size());
        float[] values = features.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += COMMON;
        }
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    double secondsOfGradient() {
        return GradientTrial.seconds(clip, plan.data(), plan.attack());
    }

    /** With its picture, of a domain of mean size. */
    double secondsOfMap() {
        Domain largest = Collections.max(plan.data().domains(), Comparator.comparingInt(domain -> domain.images()
                .size()));
        int tried = Math.min(POINTS, largest.images().size());
        Domain some = new Domain(largest.name(), largest.images().subList(0, tried));
        EncodedDataset points = new EncodedDataset(
                new Dataset(plan.data().root(), plan.data().classes(), List.of(some)), List.of(random.rows(tried)));
        map(points, 1); // The first map warms up fonts and drawing, which would count as iterations.
        double few = seconds(() -> map(points, FEW_ITERATIONS));
        double many = seconds(() -> map(points, FEW_ITERATIONS + MORE_ITERATIONS));
        double iteration = Math.max(0, many - few) / MORE_ITERATIONS;
        double rest = Math.max(0, few - FEW_ITERATIONS * iteration);
        double mean = (double) plan.data().size() / plan.data().domains().size();
        return (rest + plan.maps(0).iterations() * iteration) * mean / tried;
    }

    private void map(EncodedDataset points, int iterations) {
        FeatureMap map = new FeatureMap(new TsneOptions(plan.maps(0).perplexity(), iterations, 0));
        try (TemporaryFolder folder = TemporaryFolder.create();
                Runner runner = Runner.open(
                        folder.path().resolve("run"),
                        RunStart.NEW,
                        RunDescription.of("forecast", "", Map.of()).json(),
                        Progress.NONE)) {
            runner.run(new Trial(subject(points), map));
        }
    }
}
