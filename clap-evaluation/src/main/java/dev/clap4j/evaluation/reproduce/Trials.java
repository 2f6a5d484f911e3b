package dev.clap4j.evaluation.reproduce;

import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.Domain;
import dev.clap4j.evaluation.EncodedDataset;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotSupport;
import dev.clap4j.evaluation.LabelledImage;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.attack.GradientTrial;
import dev.clap4j.evaluation.bench.RandomFeatures;
import dev.clap4j.evaluation.tsne.Tsne;
import dev.clap4j.evaluation.tsne.TsneListener;
import dev.clap4j.evaluation.tsne.TsneOptions;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.TemporaryFolder;
import dev.clap4j.training.Backbone;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ClapTrainer;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.TrainingPlan;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A little of each kind of work, timed. Each is done once before, so that what comes first only is not counted. */
final class Trials {
    private static final int TEXTS = 256;
    private static final int IMAGES = 8;
    private static final int STEPS = 40;
    private static final int ITERATIONS = 20;

    /** Larger maps than this are not tried out. */
    private static final int POINTS = 2000;

    private final ClipModel clip;
    private final ReproductionPlan plan;
    private final RandomFeatures random;

    Trials(ClipModel clip, ReproductionPlan plan) {
        this.clip = clip;
        this.plan = plan;
        this.random = new RandomFeatures(clip.embedDim(), clip.texts().contextWidth());
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    double secondsOfText(List<String> texts) {
        List<String> some = texts.subList(0, Math.min(TEXTS, texts.size()));
        clip.texts().encode(some.subList(0, 1));
        return seconds(() -> clip.texts().encode(some)) / some.size();
    }

    double secondsOfImage() {
        List<Path> files = plan.data().files();
        List<Path> some = files.subList(0, Math.min(IMAGES, files.size()));
        IntConsumer nobody = done -> {};
        clip.images().encode(some.subList(0, 1), nobody);
        return seconds(() -> clip.images().encode(some, nobody)) / some.size();
    }

    double secondsOfStep() {
        train(1);
        return seconds(() -> train(STEPS)) / STEPS;
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
        Dataset dataset = plan.data();
        EncodedDataset images = new EncodedDataset(
                dataset, dataset.domains().stream().map(this::alikeByClass).toList());
        FewShotProtocol protocol = new FewShotProtocol(images, ProbeOptions.OFFICIAL);
        List<Integer> shots = plan.shots();
        Runnable all = () -> shots.forEach(
                count -> protocol.cell(Method.CLIP, images.images(), 0, FewShotSupport.draw(dataset, count, 0)));
        all.run();
        return seconds(all) / shots.size() / Runtime.getRuntime().availableProcessors();
    }

    /** Features in which images of a class are like one another, as real ones are. */
    private FeatureMatrix alikeByClass(Domain domain) {
        FeatureMatrix centres = random.rows(plan.data().classes().size());
        FeatureMatrix features = random.rows(domain.images().size());
        float[] values = features.values();
        int place = 0;
        for (LabelledImage image : domain.images()) {
            for (float centre : centres.row(image.label())) {
                values[place++] += centre;
            }
        }
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    double secondsOfGradient() {
        return GradientTrial.seconds(clip, plan.data(), plan.attack());
    }

    double secondsOfMap() {
        List<Integer> sizes = new ArrayList<>();
        plan.data().domains().forEach(domain -> sizes.add(domain.images().size()));
        int size =
                Math.min(POINTS, (int) sizes.stream().mapToInt(n -> n).average().orElseThrow());
        TsneOptions options = plan.maps(0);
        FeatureMatrix points = random.rows(Math.max(size, (int) (2 * options.perplexity())));
        double once = seconds(() -> Tsne.of(points, options.withIterations(1), TsneListener.NONE));
        double longer = seconds(() -> Tsne.of(points, options.withIterations(1 + ITERATIONS), TsneListener.NONE));
        return once + Math.max(0, longer - once) * options.iterations() / ITERATIONS;
    }
}
