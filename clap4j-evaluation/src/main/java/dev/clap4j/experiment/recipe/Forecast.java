package dev.clap4j.experiment.recipe;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.UnitCost;
import dev.clap4j.experiment.measurement.FeatureMap;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.attack.GradientTrial;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.internal.training.TrainingPlan;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.Views;
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

/** Estimates the duration of a reproduction by timing a sample of each kind of work. */
public final class Forecast {
    private static final int TEXTS = 64;
    private static final int IMAGES = 16;
    private static final int STEPS = 8;

    /** More work than is ever tried. */
    private static final int ENOUGH = 1 << 20;

    /** Larger maps than this are not tried out, and take longer in proportion. */
    private static final int POINTS = 2000;

    private static final int FEW_ITERATIONS = 40;
    private static final int MORE_ITERATIONS = 200;

    /** Features of a CLIP model have so much in common; that makes probes learn slowly. */
    private static final float COMMON = 1.5f;

    private final ClipModel clip;
    private final PaperProtocol plan;
    private final FeatureCache cache;
    private final RandomFeatures random;

    private Forecast(ClipModel clip, PaperProtocol plan, FeatureCache cache) {
        this.clip = clip;
        this.plan = plan;
        this.cache = cache;
        this.random = new RandomFeatures(clip.embedDim(), clip.texts().contextWidth());
    }

    /**
     * A kind of work. Work that a stopped run has finished is not counted.
     *
     * @param what the kind of work
     * @param count the number of repetitions
     * @param seconds the total
     */
    public record Part(String what, long count, double seconds) {
        private static Part of(String what, long count, double each) {
            return new Part(what, count, count * each);
        }
    }

    /**
     * Times each kind of work, for a few seconds in total.
     *
     * @param cache images whose features it holds are not counted
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static List<Part> of(ClipModel clip, PaperProtocol plan, FeatureCache cache) {
        return new Forecast(clip, plan, cache).parts();
    }

    private List<Part> parts() {
        long seeds = plan.seeds().size();
        long measured = seeds * plan.methods();
        long attacked = 2 * measured * plan.attacked();
        int domains = plan.data().domains().size();
        long gradients = plan.attack().attacks().stream()
                .mapToLong(attack -> attack.evaluations(plan.data().classes().size()))
                .sum();
        List<String> texts = trainingTexts();
        return List.of(
                Part.of("texts to encode", seeds * texts.size(), secondsOfText(texts)),
                Part.of(
                        "images to encode",
                        images() + attacked * plan.attack().withBaselines().size(),
                        secondsOfImage()),
                Part.of("texts with noise", seeds * noisyTexts(), secondsOfNoisyText()),
                Part.of(
                        "training steps",
                        seeds * plan.kinds().size() * plan.training().schedule().steps(),
                        UnitCost.secondsEach(STEPS, ENOUGH, this::train)),
                Part.of("linear probes", measured * plan.draws() * plan.shots().size() * domains, secondsOfProbe()),
                Part.of(
                        "gradients of images",
                        attacked * gradients,
                        GradientTrial.seconds(clip, plan.data(), plan.attack())),
                Part.of("maps", measured * domains, secondsOfMap()));
    }

    /** Returns the training texts of one seed's CLAP head, without noise, sorted. */
    private List<String> trainingTexts() {
        SideBySide.Job job =
                new SideBySide.Job(plan.clap(plan.seeds().get(0)), plan.prompts(), Path.of(""), RunStart.NEW);
        return new SideBySide(Backbone.of(clip), new SharedTexts(clip.texts()))
                .texts(List.of(job)).stream().sorted().toList();
    }

    /** Among others that begin alike, as training encodes them. */
    private double secondsOfText(List<String> sorted) {
        return UnitCost.secondsEach(TEXTS, sorted.size(), count -> clip.texts().encode(sorted.subList(0, count)));
    }

    /** Returns the number of images to encode, views of Im.Aug's training images among them, but not attacked ones. */
    private long images() {
        long measured = cache.missing(clip, plan.data().files());
        measured += plan.known() == null ? 0 : cache.missing(clip, plan.known().files());
        if (plan.images() == null) {
            return measured;
        }
        ImAugOptions options = plan.imAug(plan.seeds().get(0));
        long drawn = (long) options.schedule().steps() * options.batchSize();
        long synthetic = plan.images().size();
        // Fresh views are new in every step; cached ones can be no more than are drawn.
        long views = options.views().equals(Views.FRESH)
                ? drawn
                : Math.min(drawn, synthetic * options.views().perImage());
        return measured + plan.seeds().size() * (Math.min(drawn, synthetic) + views);
    }

    private double secondsOfImage() {
        List<Path> files = plan.data().files();
        return UnitCost.secondsEach(IMAGES, files.size(), count -> clip.images().encode(files.subList(0, count)));
    }

    /** Texts with noise before them that one seed's head is trained on and its prompts are measured with. */
    private long noisyTexts() {
        long training = plan.training().noise().isOn()
                ? (long) plan.training().schedule().steps() * plan.training().batchSize()
                : 0;
        long batches = plan.data().domains().stream()
                .mapToLong(domain -> (domain.images().size() + plan.noiseBatch() - 1) / plan.noiseBatch())
                .sum();
        return training + batches * plan.data().classes().size();
    }

    /** With noise before it, so that it begins like no other. */
    private double secondsOfNoisyText() {
        List<String> classes = plan.data().classes();
        float[][] noise = new float[4][clip.texts().contextWidth()];
        return UnitCost.secondsEach(TEXTS, ENOUGH, count -> clip.texts()
                .encodeWithContext(IntStream.range(0, count)
                        .mapToObj(i -> new ContextText(classes.get(i % classes.size()), noise, ContextPosition.FRONT))
                        .toList()));
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
    private double secondsOfProbe() {
        Domain first = plan.data().domains().get(0);
        Subject subject = subject(first, alike(first.images().size()));
        List<Integer> shots = plan.shots();
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), plan.methods() * shots.size());
        IntConsumer probes = count -> LongStream.range(0, processors)
                .parallel()
                .mapToObj(seed -> FewShot.of(List.of(count), List.of(seed), ProbeOptions.OFFICIAL))
                .forEach(probe -> new Trial(subject, probe).results());
        probes.accept(shots.get(0)); // The first run warms up.
        return UnitCost.seconds(() -> shots.forEach(probes::accept)) / shots.size() / processors;
    }

    private Subject subject(Domain domain, FeatureMatrix features) {
        Dataset alone = new Dataset(plan.data().root(), plan.data().classes(), List.of(domain));
        EncodedDataset images = new EncodedDataset(alone, List.of(features));
        return new Subject(Optional.of(clip), random, images, List.of(Method.CLIP), Condition.NONE);
    }

    /** Features that are as near to one another as those of a model. */
    private FeatureMatrix alike(int count) {
        FeatureMatrix features = random.rows(count);
        float[] values = features.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += COMMON;
        }
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    /** With its picture, of a domain of mean size. */
    private double secondsOfMap() {
        Domain largest = Collections.max(plan.data().domains(), Comparator.comparingInt(domain -> domain.images()
                .size()));
        int tried = Math.min(POINTS, largest.images().size());
        Subject points = subject(new Domain(largest.name(), largest.images().subList(0, tried)), random.rows(tried));
        map(points, 1); // The first map warms up fonts and drawing, which would count as iterations.
        double few = UnitCost.seconds(() -> map(points, FEW_ITERATIONS));
        double many = UnitCost.seconds(() -> map(points, FEW_ITERATIONS + MORE_ITERATIONS));
        double iteration = Math.max(0, many - few) / MORE_ITERATIONS;
        double rest = Math.max(0, few - FEW_ITERATIONS * iteration);
        double mean = (double) plan.data().size() / plan.data().domains().size();
        return (rest + plan.maps(0).iterations() * iteration) * mean / tried;
    }

    private void map(Subject points, int iterations) {
        FeatureMap map = new FeatureMap(new TsneOptions(plan.maps(0).perplexity(), iterations, 0));
        try (TemporaryFolder folder = TemporaryFolder.create();
                Runner runner = Runner.open(
                        folder.path().resolve("run"),
                        RunStart.NEW,
                        RunDescription.of("forecast", "", Map.of()).json(),
                        Progress.NONE)) {
            runner.run(new Trial(points, map));
        }
    }
}
