package dev.clap4j.evaluation.sweep;

import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.ResultLog;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Trains a head for every point of a grid and every seed, and evaluates each of them with every alpha, in one process
 * that encodes each image and text once per model.
 *
 * <p>Heads and cells are saved as they are completed, so an interrupted sweep can be resumed with the same result.
 */
public final class Sweep {
    private static final String CELLS = "cells.jsonl";

    /** The number of feature values mapped by heads at the same time: 256 MB. */
    private static final long MAPPED_AT_ONCE = 64L << 20;

    private final SweepSpec spec;
    private final Dataset dataset;
    private final Path folder;
    private final boolean resume;
    private final ResultLog<SweepCell.Key, SweepCell> log;
    private final Progress progress;
    private final Consumer<String> warnings;
    private final List<String> models = new ArrayList<>();
    private List<Float> alphas = List.of();

    /**
     * Creates a sweep.
     *
     * @param dataset provides the classes for training and the images for evaluation
     * @param folder the directory for heads and cells; for a new sweep, it must not contain any of its {@link #files}
     * @param resume whether to resume the heads in the directory; otherwise they are replaced
     * @param warnings receives warnings about heads before they are trained
     * @throws dev.clap4j.ClapException if the directory holds damaged cells
     */
    public Sweep(
            SweepSpec spec,
            Dataset dataset,
            Path folder,
            boolean resume,
            Progress progress,
            Consumer<String> warnings) {
        this.spec = spec;
        this.dataset = dataset;
        this.folder = folder;
        this.resume = resume;
        this.progress = progress;
        this.warnings = warnings;
        this.log = ResultLog.open(folder.resolve(CELLS), SweepCell.class, SweepCell::key, "cell of a sweep");
    }

    /** Returns the files that must not be in the directory of a new sweep. */
    public static List<Path> files(Path folder) {
        return List.of(folder.resolve(CELLS), folder.resolve("sweep.json"));
    }

    /** A frozen model used by a sweep. */
    public interface Model {
        /** Returns the description of the model on which heads are trained. */
        Backbone backbone();

        /** Returns the model's text encoder. */
        PromptEncoder texts();

        /** Returns the engine of the model and its heads. */
        Engine engine();

        /**
         * Returns the features of images, {@code [n, D]}, in order, not normalised.
         *
         * @param progress advanced by one step per image
         */
        FeatureMatrix images(List<Path> files, Progress progress);
    }

    /** One head of the sweep. */
    private record Planned(Map<String, String> settings, long seed, SideBySide.Job job) {}

    /**
     * Trains and evaluates all heads of one model.
     *
     * @param number the model's index in the specification, from 0
     * @throws dev.clap4j.ClapException if an image cannot be read, a file cannot be written, or an option is invalid
     * @throws dev.clap4j.StoppedException if the progress requests it; completed work is kept
     */
    public void run(int number, Model model) {
        models.add(number, model.backbone().name());
        EncodedDataset images = EncodedDataset.of(dataset, model.images(dataset.files(), progress));
        SharedTexts texts = new SharedTexts(model.texts());
        alphas = alphas(model.texts().embedDim());
        List<Planned> heads = plan(number, model.texts().embedDim());
        tellOfShortfalls(heads);
        List<Planned> open = heads.stream()
                .filter(head -> alphas.stream().anyMatch(alpha -> !log.has(key(number, head, alpha))))
                .toList();
        Map<Planned, Path> trained = train(new SideBySide(model.backbone(), texts), texts, open);
        measure(number, images, texts, trained, model.engine());
    }

    /** Warns of requested steps that will not be trained. */
    private void tellOfShortfalls(List<Planned> heads) {
        heads.stream()
                .filter(head -> Stream.of(spec.options(), head.settings)
                        .flatMap(settings -> settings.keySet().stream())
                        .anyMatch(HeadHyperparameters::isOfSteps))
                .map(head -> head.job.options().schedule().shortfall())
                .flatMap(Optional::stream)
                .distinct()
                .forEach(warnings);
    }

    private static SweepCell.Key key(int number, Planned head, float alpha) {
        return new SweepCell.Key(number, head.settings, head.seed, alpha);
    }

    private List<Planned> plan(int number, int embedDim) {
        List<Planned> heads = new ArrayList<>();
        SweepHeads folders = new SweepHeads(folder, spec.points());
        for (Map<String, String> point : spec.points()) {
            Map<String, String> all = new LinkedHashMap<>(spec.options());
            all.putAll(point);
            PromptSource source = PromptSource.parse(all.getOrDefault(SweepSpec.PROMPTS, "template"));
            all.remove(SweepSpec.PROMPTS);
            ClapOptions options = options(all, source, embedDim);
            List<List<String>> prompts =
                    dataset.classes().stream().map(source::of).toList();
            for (long seed = 0; seed < spec.seeds(); seed++) {
                Path run = folders.folder(number, point, seed);
                boolean begun = resume && Files.exists(run.resolve("run.json"));
                RunStart start = begun ? RunStart.RESUME : RunStart.OVERWRITE;
                heads.add(new Planned(point, seed, new SideBySide.Job(options.withSeed(seed), prompts, run, start)));
            }
        }
        return heads;
    }

    /** Returns the default training options. */
    private ClapOptions usual(int embedDim) {
        List<String> classes = dataset.classes();
        return spec.preset()
                .map(preset -> preset.options(classes, embedDim))
                .orElseGet(() -> Defaults.forClasses(classes, embedDim));
    }

    private List<Float> alphas(int embedDim) {
        return spec.alphas().isEmpty() ? List.of(usual(embedDim).alpha()) : spec.alphas();
    }

    private ClapOptions options(Map<String, String> all, PromptSource source, int embedDim) {
        ClapOptions options = usual(embedDim).withAugmentation(source.augmentation());
        for (Map.Entry<String, String> option : all.entrySet()) {
            options = HeadHyperparameters.swept(option.getKey()).with(options, option.getValue());
        }
        return options;
    }

    private Map<Planned, Path> train(SideBySide training, SharedTexts texts, List<Planned> heads) {
        List<SideBySide.Job> jobs = heads.stream().map(Planned::job).toList();
        Set<String> needed = new LinkedHashSet<>(training.texts(jobs));
        for (PromptStyle style : PromptStyle.values()) {
            if (!style.isNoisy()) {
                needed.addAll(PromptSet.of(style).texts(dataset.classes()));
            }
        }
        List<String> unknown = texts.unknown(needed);
        texts.encode(unknown, Steps.begin(progress, "texts", unknown.size()));
        List<TrainingResult> results = training.train(jobs, progress);
        Map<Planned, Path> trained = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            trained.put(heads.get(i), results.get(i).head());
        }
        return trained;
    }

    private void measure(
            int number, EncodedDataset images, SharedTexts texts, Map<Planned, Path> trained, Engine engine) {
        ZeroShotProtocol protocol =
                new ZeroShotProtocol(dataset, images.images(), texts, ZeroShotReport.Plan.NOISE_BATCH, 0);
        Steps steps = Steps.begin(progress, "cells", (long) trained.size() * alphas.size());
        SweepCell.Key without = SweepCell.Key.withoutHead(number);
        if (!log.has(without)) {
            log.add(SweepCell.of(without, run(protocol, List.of(Method.CLIP)).get(0)));
        }
        long mapped = (long) dataset.size() * texts.embedDim() * alphas.size();
        int atOnce = (int) Math.max(1, MAPPED_AT_ONCE / Math.max(1, mapped));
        List<Planned> heads = List.copyOf(trained.keySet());
        for (int from = 0; from < heads.size(); from += atOnce) {
            List<Planned> some = heads.subList(from, Math.min(heads.size(), from + atOnce));
            measure(number, protocol, some, trained, engine);
            steps.advance((long) some.size() * alphas.size());
        }
    }

    private void measure(
            int number, ZeroShotProtocol protocol, List<Planned> heads, Map<Planned, Path> trained, Engine engine) {
        List<CompiledHead> compiled = new ArrayList<>();
        try {
            List<Method> methods = new ArrayList<>();
            List<SweepCell.Key> keys = new ArrayList<>();
            for (Planned head : heads) {
                CompiledHead ready = CompiledHead.of(Head.load(trained.get(head)), engine);
                compiled.add(ready);
                for (float alpha : alphas) {
                    methods.add(Method.clap(ready::apply, alpha));
                    keys.add(key(number, head, alpha));
                }
            }
            List<MethodResult> results = run(protocol, methods);
            for (int i = 0; i < keys.size(); i++) {
                log.add(SweepCell.of(keys.get(i), results.get(i)));
            }
        } finally {
            compiled.forEach(CompiledHead::close);
        }
    }

    private static List<MethodResult> run(ZeroShotProtocol protocol, List<Method> methods) {
        return protocol.run(
                Arrays.stream(PromptStyle.values()).map(PromptSet::of).toList(), methods);
    }

    /** Returns the result, once all models are done. */
    public SweepResult result() {
        List<SweepCell> baselines = new ArrayList<>();
        List<SweepCell> cells = new ArrayList<>();
        for (int number = 0; number < models.size(); number++) {
            baselines.add(log.get(SweepCell.Key.withoutHead(number)));
            for (Map<String, String> point : spec.points()) {
                for (float alpha : alphas) {
                    for (long seed = 0; seed < spec.seeds(); seed++) {
                        cells.add(log.get(new SweepCell.Key(number, point, seed, alpha)));
                    }
                }
            }
        }
        return SweepResult.of(spec.title(), dataset.root().toString(), dataset.size(), models, baselines, cells);
    }
}
