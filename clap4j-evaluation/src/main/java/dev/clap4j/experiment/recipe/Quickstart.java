package dev.clap4j.experiment.recipe;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.AlphaChooser;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.experiment.measurement.VarianceShares;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The quickstart: trains heads on class names only, chooses their α on seen domains, and compares CLIP with CLAP on unseen
 * ones.
 *
 * <p>Images and texts are encoded once, for all heads and measures. The same options and inputs give the same scores.
 */
public final class Quickstart {
    /** The name of this kind of run. */
    public static final String KIND = "quickstart";

    /** The domains on which the model was trained, in {@link Condition#DATA}. */
    public static final String SEEN = "seen";

    /** The domains used for neither training nor choosing α. */
    public static final String UNSEEN = "unseen";

    /** The maximum number of images for choosing α; more hardly change the choice. */
    private static final int IMAGES_FOR_ALPHA = 1500;

    /** The number of draws of templates for choosing α; more hardly change the choice. */
    private static final int DRAWS_FOR_ALPHA = 5;

    /** The number of images that share one draw of noise; small, so that means are taken over many draws. */
    private static final int NOISE_BATCH = 16;

    private final QuickstartData data;
    private final QuickstartOptions options;
    private final Progress progress;
    private final MixedTemplates mixed;

    /** Creates a quickstart; the heads are trained on the classes of the data, in their order. */
    public Quickstart(QuickstartData data, QuickstartOptions options, Progress progress) {
        if (!data.classes().equals(options.training().classes())) {
            throw new IllegalArgumentException("Heads should be trained on the classes of the data");
        }
        this.data = data;
        this.options = options;
        this.progress = progress;
        this.mixed = new MixedTemplates(options.templateDraws(), QuickstartOptions.SEED);
    }

    /** Begins the record of a run. */
    public RunDescription record(String command) {
        return RunDescription.of(KIND, command, options.describe())
                .data(SEEN, data.seen())
                .data(UNSEEN, data.unseen());
    }

    /**
     * Runs the experiment.
     *
     * @param images maps image files to their features {@code [n, D]}, in order, with the model's encoder or from a
     *     cache; reports one part with a step per image
     * @return the results, which are also in the run directory
     * @throws dev.clap4j.ClapException if an image cannot be read, or the directory cannot be written
     * @throws dev.clap4j.StoppedException if the progress requests it
     */
    public Results run(FrozenModel model, BiFunction<List<Path>, Progress, FeatureMatrix> images, Runner runner) {
        Steps steps = Steps.begin(
                progress, "images", data.seen().size() + (long) data.unseen().size());
        EncodedDataset seen =
                EncodedDataset.of(data.seen(), images.apply(data.seen().files(), steps.inside()));
        EncodedDataset unseen =
                EncodedDataset.of(data.unseen(), images.apply(data.unseen().files(), steps.inside()));
        SharedTexts texts = new SharedTexts(model.texts());
        List<CompiledHead> heads = new ArrayList<>();
        try {
            train(model, texts, runner.folder()).forEach(head -> heads.add(CompiledHead.of(head, model.engine())));
            Map<Task, List<Method>> methods = methods(heads, seen, texts);
            trials(seen, unseen, methods, model.withTexts(texts)).forEach(runner::run);
            List<Method> few = methods.get(Task.FEW_SHOT);
            new Samples(unseen).write(runner.folder(), few.get(0), few.get(1));
            return runner.finish();
        } finally {
            heads.forEach(CompiledHead::close);
        }
    }

    /** Encodes all texts and trains all heads, in the order of their seeds. */
    private List<Head> train(FrozenModel model, SharedTexts texts, Path folder) {
        SideBySide training = new SideBySide(model.backbone(), texts);
        List<List<String>> prompts = options.prompts();
        List<SideBySide.Job> jobs = options.headSeeds().stream()
                .map(seed -> new SideBySide.Job(
                        options.training().withSeed(seed),
                        prompts,
                        folder.resolve("heads").resolve("head-" + seed),
                        RunStart.OVERWRITE))
                .toList();
        Set<String> needed = new LinkedHashSet<>(options.training().classes());
        needed.addAll(mixed.texts(data.classes()));
        ZeroShot.CLEAN.forEach(set -> needed.addAll(set.texts(data.classes())));
        needed.addAll(training.texts(jobs));
        List<String> unknown = texts.unknown(needed);
        texts.encode(unknown, Steps.begin(progress, "texts", unknown.size()));
        return training.train(jobs, progress).stream()
                .map(TrainingResult::head)
                .map(Head::load)
                .toList();
    }

    /**
     * The tasks, each with its own α. Zero-shot classification with one prompt style for all classes needs a small α,
     * since the style shifts all class features alike; comparing images with a few others needs a large one.
     */
    private enum Task {
        ZERO_SHOT,
        MIXED_TEMPLATES,
        FEW_SHOT
    }

    /** Returns by task CLIP, then all heads with the α chosen for each on seen domains. */
    private Map<Task, List<Method>> methods(List<CompiledHead> heads, EncodedDataset seen, SharedTexts texts) {
        AlphaChooser chooser = new AlphaChooser(seen.thin(IMAGES_FOR_ALPHA), texts, AlphaChooser.WITH_ZERO);
        SupportSet support =
                SupportSet.draw(chooser.known().dataset(), QuickstartOptions.SHOTS, QuickstartOptions.SEED);
        MixedTemplates few =
                new MixedTemplates(Math.min(DRAWS_FOR_ALPHA, options.templateDraws()), QuickstartOptions.SEED);
        Map<Task, List<Method>> methods = new EnumMap<>(Task.class);
        Steps steps = Steps.begin(progress, "choosing α", heads.size());
        for (int i = 0; i < heads.size(); i++) {
            ContentMap map = heads.get(i)::apply;
            long seed = options.headSeeds().get(i);
            for (Task task : Task.values()) {
                float alpha =
                        switch (task) {
                            case ZERO_SHOT -> chooser.zeroShot(List.of(map));
                            case MIXED_TEMPLATES -> chooser.mixedTemplates(List.of(map), few);
                            case FEW_SHOT -> chooser.nearest(List.of(map), support, QuickstartOptions.SHOTS);
                        };
                methods.computeIfAbsent(task, each -> new ArrayList<>(List.of(Method.CLIP)))
                        .add(Method.clap(map, alpha).with(Condition.SEED, seed));
            }
            steps.advance(1);
        }
        return methods;
    }

    private List<Trial> trials(
            EncodedDataset seen, EncodedDataset unseen, Map<Task, List<Method>> methods, FrozenModel model) {
        List<Long> draws = Seeds.from(QuickstartOptions.SEED, options.supportDraws());
        FewShot probes = FewShot.averaged(QuickstartOptions.SHOTS, draws, ProbeOptions.OFFICIAL);
        ZeroShot zeroShot = new ZeroShot(ZeroShot.STYLES, NOISE_BATCH, QuickstartOptions.SEED);
        Subject few = subject(UNSEEN, unseen, methods.get(Task.FEW_SHOT), model);
        List<Method> words = methods.get(Task.MIXED_TEMPLATES);
        List<Method> plain = methods.get(Task.ZERO_SHOT);
        return List.of(
                new Trial(few, probes),
                new Trial(subject(UNSEEN, unseen, words, model), mixed),
                new Trial(subject(SEEN, seen, words, model), mixed),
                new Trial(few, new VarianceShares(data.imageType())),
                new Trial(subject(UNSEEN, unseen, plain, model), zeroShot),
                new Trial(subject(SEEN, seen, plain, model), zeroShot));
    }

    private static Subject subject(String name, EncodedDataset images, List<Method> methods, FrozenModel model) {
        return new Subject(model.clip(), model.texts(), images, methods, Condition.NONE.with(Condition.DATA, name));
    }
}
