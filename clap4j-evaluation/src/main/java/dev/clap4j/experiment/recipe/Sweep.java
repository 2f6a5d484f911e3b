package dev.clap4j.experiment.recipe;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.style.SourceEncoder;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.HeadHyperparameters;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains a head for every point of a grid and every seed, and measures each of them with every α, in one process that
 * encodes each image and text once per model. Styles of PromptStyler are learned once for each seed.
 *
 * <p>Heads and scores are saved as they are completed, so an interrupted sweep can be resumed with the same result.
 */
public final class Sweep {
    /** The name of this kind of run. */
    public static final String KIND = "sweep";

    /** The number of feature values mapped by heads at the same time: 256 MB. */
    private static final long MAPPED_AT_ONCE = 64L << 20;

    private final SweepSpec spec;
    private final Dataset dataset;
    private final List<Measurement> measurements;
    private final Progress progress;
    private final Consumer<String> warnings;

    /**
     * Creates a sweep.
     *
     * @param dataset provides the classes for training and the images for evaluation
     * @param warnings receives warnings about heads before they are trained
     */
    public Sweep(SweepSpec spec, Dataset dataset, Progress progress, Consumer<String> warnings) {
        this.spec = spec;
        this.dataset = dataset;
        this.measurements = spec.measurements();
        this.progress = progress;
        this.warnings = warnings;
    }

    /** Begins the record of a run. */
    public RunDescription record(String command) {
        return RunDescription.of(KIND, command, spec.describe()).data("images", dataset);
    }

    /** One head of the sweep. */
    private record Planned(Map<String, String> settings, long seed, PromptSource source, SideBySide.Job job) {
        CompiledHead load(Engine engine) {
            return CompiledHead.of(Head.load(job.folder().resolve("head.safetensors")), engine);
        }
    }

    /**
     * Trains and evaluates all heads of one model.
     *
     * @param number the model's index in the specification, from 0
     * @param images maps image files to their features {@code [n, D]}, in order, not normalised
     * @param resume whether to resume the heads in the run directory; otherwise they are replaced
     * @throws ClapException if an image cannot be read, a file cannot be written, or an option is invalid
     * @throws dev.clap4j.StoppedException if the progress requests it; completed work is kept
     */
    public void run(
            int number,
            FrozenModel model,
            BiFunction<List<Path>, Progress, FeatureMatrix> images,
            Runner runner,
            boolean resume) {
        EncodedDataset encoded = EncodedDataset.of(dataset, images.apply(dataset.files(), progress));
        SharedTexts texts = new SharedTexts(model.texts());
        Condition condition = spec.models().size() > 1
                ? Condition.NONE.with(Condition.MODEL, model.backbone().name())
                : Condition.NONE;
        Path folder = runner.folder().resolve("heads").resolve("model-" + number);
        List<Planned> heads = plan(folder, model.texts().embedDim(), resume);
        warnOfShortfalls(heads);
        List<Float> alphas = alphas(model.texts().embedDim());
        Subject baseline = new Subject(model.clip(), texts, encoded, List.of(Method.CLIP), condition);
        long mapped = (long) dataset.size() * texts.embedDim() * alphas.size();
        Map<Planned, CompiledHead> compiled = new HashMap<>();
        Map<List<Planned>, List<Trial>> trials = new LinkedHashMap<>();
        // Heads of a group are loaded, and measured, at the same time.
        for (List<Planned> group : Blocks.of(heads, (int) Math.max(1, MAPPED_AT_ONCE / Math.max(1, mapped)))) {
            Function<Planned, CompiledHead> loaded =
                    head -> compiled.computeIfAbsent(head, each -> each.load(model.engine()));
            Subject subject = subject(group, alphas, baseline, loaded);
            trials.put(group, trials(subject));
        }
        List<Planned> open = trials.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(trial -> !runner.has(trial)))
                .flatMap(each -> each.getKey().stream())
                .toList();
        train(model.withTexts(texts), texts, open, folder);
        trials(baseline).forEach(runner::run);
        for (List<Trial> group : trials.values()) {
            try {
                group.forEach(runner::run);
            } finally {
                compiled.values().forEach(CompiledHead::close);
                compiled.clear();
            }
        }
    }

    private List<Trial> trials(Subject subject) {
        return measurements.stream()
                .map(measurement -> new Trial(subject, measurement))
                .toList();
    }

    /** Warns of requested steps that will not be trained. */
    private void warnOfShortfalls(List<Planned> heads) {
        heads.stream()
                .filter(head -> Stream.of(spec.options(), head.settings)
                        .flatMap(settings -> settings.keySet().stream())
                        .anyMatch(HeadHyperparameters::isOfSteps))
                .map(head -> head.job.options().schedule().shortfall())
                .flatMap(Optional::stream)
                .distinct()
                .forEach(warnings);
    }

    private List<Planned> plan(Path folder, int embedDim, boolean resume) {
        List<Planned> heads = new ArrayList<>();
        Map<Map<String, String>, String> names = names(spec.points());
        for (Map<String, String> point : spec.points()) {
            Map<String, String> all = new LinkedHashMap<>(spec.options());
            all.putAll(point);
            PromptSource source = PromptSource.parse(all.getOrDefault(SweepSpec.PROMPTS, "template"));
            all.remove(SweepSpec.PROMPTS);
            ClapOptions options = options(all, source, embedDim);
            List<List<String>> prompts =
                    dataset.classes().stream().map(source::of).toList();
            for (long seed = 0; seed < spec.seeds(); seed++) {
                Path run = folder.resolve(names.get(point)).resolve("seed-" + seed);
                boolean begun = resume && Files.exists(RunFolder.provenance(run));
                RunStart start = begun ? RunStart.RESUME : RunStart.OVERWRITE;
                SideBySide.Job job = new SideBySide.Job(options.withSeed(seed), prompts, run, start);
                heads.add(new Planned(point, seed, source, job));
            }
        }
        return heads;
    }

    /** The maximum length of a directory name; longer ones are replaced by a digest. */
    private static final int READABLE = 120;

    /** Returns the directory names of points: {@code latent=64,tau=0.5}. */
    static Map<Map<String, String>, String> names(List<Map<String, String>> points) {
        List<String> names = FileNames.distinct(points.stream().map(Sweep::name).toList());
        return IntStream.range(0, points.size()).boxed().collect(Collectors.toMap(points::get, names::get));
    }

    private static String name(Map<String, String> point) {
        if (point.isEmpty()) {
            return "same";
        }
        String name = point.entrySet().stream()
                .map(each -> each.getKey() + "="
                        + each.getValue().replace("%", "%25").replace(",", "%2C"))
                .collect(Collectors.joining(","));
        return name.length() <= READABLE ? name : Digests.of(name);
    }

    /** Returns the default training options. */
    private ClapOptions usual(int embedDim) {
        List<String> classes = dataset.classes();
        return spec.preset() == null
                ? Defaults.forClasses(classes, embedDim)
                : spec.preset().options(classes, embedDim);
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

    /** Trains heads, those with the same text encoder side by side. */
    private void train(FrozenModel model, SharedTexts texts, List<Planned> heads, Path folder) {
        Map<List<Object>, List<Planned>> byEncoder = heads.stream()
                .collect(Collectors.groupingBy(
                        head -> head.source.isLearned() ? List.of(head.source.name(), head.seed) : List.of(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        byEncoder.values().forEach(alike -> {
            Planned first = alike.get(0);
            SharedTexts own = first.source.isLearned() ? new SharedTexts(learned(model, first, folder)) : texts;
            SideBySide training = new SideBySide(model.backbone(), own);
            List<SideBySide.Job> jobs = alike.stream().map(Planned::job).toList();
            Set<String> needed = new LinkedHashSet<>(training.texts(jobs));
            ZeroShot.CLEAN.forEach(set -> needed.addAll(set.texts(dataset.classes())));
            List<String> unknown = own.unknown(needed);
            own.encode(unknown, Steps.begin(progress, "texts", unknown.size()));
            training.train(jobs, progress);
        });
    }

    /** Returns the encoder of a source whose styles are learned with a seed, for all heads of that seed. */
    private PromptEncoder learned(FrozenModel model, Planned head, Path folder) {
        // A colon is no part of a file name on Windows.
        Path file = folder.resolve(head.source.name().replace(':', '-') + "-seed-" + head.seed + ".safetensors");
        return SourceEncoder.of(
                head.source,
                model.clip()
                        .orElseThrow(() -> new ClapException("Prompts are learned through the model's text encoder,"
                                + " which features alone do not have")),
                dataset.classes(),
                head.seed,
                file,
                progress);
    }

    /** Returns the heads of a group with every α. */
    private static Subject subject(
            List<Planned> heads, List<Float> alphas, Subject baseline, Function<Planned, CompiledHead> compiled) {
        List<Method> methods = new ArrayList<>();
        for (Planned head : heads) {
            for (float alpha : alphas) {
                Method method = Method.clap(
                                (features, value) -> compiled.apply(head).apply(features, value), alpha)
                        .with(Condition.SEED, head.seed);
                for (Map.Entry<String, String> setting : head.settings.entrySet()) {
                    method = method.with(setting.getKey(), setting.getValue());
                }
                methods.add(method);
            }
        }
        return new Subject(baseline.model(), baseline.texts(), baseline.images(), methods, baseline.condition());
    }
}
