package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FeatureSource;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.PrecomputedFeatures;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code clap zeroshot}, {@code clap fewshot}, {@code clap attack}, …: a measurement of CLIP and heads on labelled images.
 * There is a command for each {@link MeasurementKind}, with its settings as options.
 */
@Command(mixinStandardHelpOptions = true, modelTransformer = MeasureCommand.Declared.class)
final class MeasureCommand implements Runnable, Interruptible {
    private static final String SEED = "seed";

    private final MeasurementKind kind;

    /** The values given, by setting. */
    private final Map<String, List<String>> given = new LinkedHashMap<>();

    @Mixin
    private ModelsOption models;

    @Mixin
    private HeadsOption heads;

    @Mixin
    private DataOption data;

    @Option(
            names = "--features",
            paramLabel = "[NAME=]FILE",
            description =
                    "Features computed elsewhere, with labels, instead of images and a model: safetensors or .npy, each"
                            + " a method to compare. FILE#IMAGES,LABELS,TEXTS names the tensors.")
    private List<String> features = new ArrayList<>();

    @Mixin
    private ClassesOption classes;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private FeatureCacheOption cache;

    @Mixin
    private RunOption run;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    MeasureCommand(MeasurementKind kind) {
        this.kind = kind;
    }

    /** Declares an option for each setting. */
    static final class Declared implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            MeasureCommand own = (MeasureCommand) command.userObject();
            command.name(own.kind.id());
            command.usageMessage().description(own.kind.description().toArray(String[]::new));
            if (!own.kind.drawsPictures()) {
                RunOption.makeOptional(command);
            }
            for (MeasurementKind.Setting setting : own.kind.settings()) {
                if (command.findOption("--" + setting.name()) != null) {
                    command.remove(command.findOption("--" + setting.name()));
                }
                command.addOption(own.option(setting));
            }
            return command;
        }
    }

    private OptionSpec option(MeasurementKind.Setting setting) {
        String initial = setting.initial() == null ? "" : " (default: " + setting.initial() + ")";
        return OptionSpec.builder("--" + setting.name())
                .paramLabel(setting.label())
                .description(setting.help().replaceFirst("\\.$", "") + initial + ".")
                .type(setting.isRepeatable() ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .setter(new ISetter() {
                    @Override
                    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
                    public <T> T set(T value) {
                        if (value == null) {
                            given.remove(setting.name());
                        } else {
                            given.put(
                                    setting.name(),
                                    setting.isRepeatable()
                                            ? List.copyOf((List<String>) value)
                                            : List.of((String) value));
                        }
                        return null;
                    }
                })
                .build();
    }

    @Override
    public String kept() {
        return run.isKept() ? run.kept() : cache.kept();
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        if (!run.isKept() && run.start() != RunStart.NEW) {
            throw new ParameterException(
                    spec.commandLine(), "--resume and --overwrite are about a run's folder; add --out");
        }
        Measurement measurement = OptionValues.of(spec.commandLine(), () -> kind.of(given));
        if (features.isEmpty()) {
            heads.check(spec.commandLine());
            long seed =
                    OptionValues.of(spec.commandLine(), () -> kind.values(given).seed(SEED));
            measure(measurement, images(seed, err));
        } else {
            measure(measurement);
        }
        unreadable.note(new RunOutput(spec, json).notes());
    }

    private Dataset images(long seed, PrintWriter err) {
        Dataset all = data.read(spec, seed, unreadable, err);
        return classes.names().map(all::onlyClasses).orElse(all);
    }

    /** Measures models on images. */
    private void measure(Measurement measurement, Dataset dataset) {
        PrintWriter err = spec.commandLine().getErr();
        check(measurement, dataset);
        RunDescription record = record(measurement).data("images", dataset);
        List<ClipModel> loaded = models.load(err);
        try (ComparedMethods methods = new ComparedMethods(heads.load(spec.commandLine(), loaded), kind)) {
            loaded.forEach(record::model);
            methods.describe(record);
            caution(measurement, dataset);
            measure(measurement, record, () -> IntStream.range(0, loaded.size()).mapToObj(i -> {
                Condition condition = loaded.size() == 1
                        ? Condition.NONE
                        : Condition.NONE.with(Condition.MODEL, record.models().get(i));
                return subject(loaded.get(i), condition, measurement, dataset, methods);
            }));
        } finally {
            loaded.forEach(ClipModel::close);
        }
    }

    /** Measures features computed elsewhere. */
    private void measure(Measurement measurement) {
        if (data.isGiven() || models.isGiven() || heads.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features stand for images, model and heads; leave out --data, --limit, --model and" + " --head");
        }
        List<FeatureSource> sources = features.stream()
                .map(text -> OptionValues.of(spec.commandLine(), () -> FeatureSource.parse(text)))
                .toList();
        PrecomputedFeatures given =
                PrecomputedFeatures.read(sources, classes.names().orElse(List.of()));
        Measurement fitted = measurement.withPrompts(given::prompts);
        check(fitted, given.subject().dataset());
        RunDescription record = record(fitted);
        given.describe(record);
        caution(fitted, given.subject().dataset());
        measure(fitted, record, () -> Stream.of(given.subject()));
    }

    private void check(Measurement measurement, Dataset dataset) {
        measurement.check(dataset);
        if (run.isKept() && run.start() == RunStart.NEW && Files.notExists(RunFolder.provenance(run.folder()))) {
            measurement.checkBrought(run.folder(), dataset);
        }
    }

    private void caution(Measurement measurement, Dataset dataset) {
        PrintWriter err = spec.commandLine().getErr();
        measurement.cautions(dataset).forEach(caution -> err.println("clap: " + caution));
    }

    private RunDescription record(Measurement measurement) {
        return RunDescription.of(kind.id(), CommandLineText.of(spec), measurement.options());
    }

    private void measure(Measurement measurement, RunDescription record, Supplier<Stream<Subject>> subjects) {
        if (run.isKept()) {
            measure(measurement, record, subjects, run.folder());
        } else {
            try (TemporaryFolder folder = TemporaryFolder.create()) {
                measure(measurement, record, subjects, folder.path().resolve("run"));
            }
        }
    }

    private void measure(
            Measurement measurement, RunDescription record, Supplier<Stream<Subject>> subjects, Path folder) {
        try (ProgressBar progress = ProgressBar.open();
                Runner runner = Runner.open(folder, run.start(), record.json(), progress)) {
            subjects.get().forEach(subject -> runner.run(new Trial(subject, measurement)));
            runner.finish();
        }
        new RunOutput(spec, json).measurement(folder, run.isKept());
    }

    private Subject subject(
            ClipModel clip, Condition condition, Measurement measurement, Dataset dataset, ComparedMethods methods) {
        PrintWriter err = spec.commandLine().getErr();
        ModelOption.warnOfLongTexts(clip.texts().tokenizer(), measurement.texts(dataset.classes()), err);
        EncodedDataset images = EncodedDataset.of(dataset, cache.encode(clip, dataset, err));
        return new Subject(Optional.of(clip), clip.texts(), images, methods.of(clip, images, err), condition);
    }
}
