package dev.clap4j.cli;

import dev.clap4j.Precision;
import dev.clap4j.RunStart;
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
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.training.source.PromptLanguages;
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
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code clap zeroshot}, {@code clap fewshot}, {@code clap attack}, …: a measurement of CLIP and heads on labelled images.
 * There is a command for each {@link MeasurementKind}, with its settings as options.
 */
@Command(mixinStandardHelpOptions = true, modelTransformer = MeasureCommand.Declared.class)
final class MeasureCommand implements Runnable, Interruptible {
    private static final String FEATURES = "--features";

    /** The mixins that features computed elsewhere stand for. */
    private static final List<String> REPLACED = List.of("data", "models", "heads", "unreadable", "cache");

    private final MeasurementKind kind;

    @Mixin
    private ModelsOption models;

    @Mixin
    private HeadsOption heads;

    @Mixin
    private DataOption data;

    @Option(
            names = FEATURES,
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
    private Output output;

    @Spec
    private CommandSpec spec;

    MeasureCommand(MeasurementKind kind) {
        this.kind = kind;
    }

    /** Declares an option for each setting, and takes away those that make no sense for the kind. */
    static final class Declared implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            MeasurementKind kind = ((MeasureCommand) command.userObject()).kind;
            command.name(kind.id());
            command.usageMessage().description(kind.description().toArray(String[]::new));
            if (!kind.drawsPictures()) {
                RunOption.makeOptional(command);
            }
            if (kind.needsModel()) {
                command.remove(command.findOption(FEATURES));
                DataOption.takeFolders(command);
            }
            for (MeasurementKind.Setting setting : kind.settings()) {
                Optional.ofNullable(command.findOption("--" + setting.name())).ifPresent(command::remove);
                command.addOption(option(setting));
            }
            return command;
        }

        private static OptionSpec option(MeasurementKind.Setting setting) {
            String initial = setting.initial() == null ? "" : " (default: " + setting.initial() + ")";
            return OptionSpec.builder("--" + setting.name())
                    .paramLabel(setting.label())
                    .description(setting.help().replaceFirst("\\.$", "") + initial + ".")
                    .type(setting.isRepeatable() ? List.class : String.class)
                    .auxiliaryTypes(String.class)
                    .build();
        }
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
        WrongUse.when(
                !run.isKept() && run.start() != RunStart.NEW,
                "--resume and --overwrite are about a run's folder; add --out");
        cache.check();
        heads.check();
        Map<String, List<String>> given = given();
        Measurement measurement = WrongUse.checking(() -> kind.of(given));
        if (features.isEmpty()) {
            long seed = WrongUse.checking(() -> kind.values(given).seed("seed"));
            WrongUse.when(
                    kind.needsModel() && data.isOfSources(),
                    "clap " + kind.id() + " takes image files in a folder, for it changes their pixels; unpack them");
            measure(measurement, data.read(seed, classes.names(), unreadable, output.err()));
        } else {
            measure(measurement);
        }
    }

    /** Returns the values given, by setting. */
    private Map<String, List<String>> given() {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (MeasurementKind.Setting setting : kind.settings()) {
            Object value = spec.findOption("--" + setting.name()).getValue();
            if (value != null) {
                List<?> values = value instanceof List<?> several ? several : List.of(value);
                given.put(setting.name(), values.stream().map(String::valueOf).toList());
            }
        }
        return given;
    }

    /** Measures models on images. */
    private void measure(Measurement measurement, LabelledInput input) {
        Dataset dataset = input.dataset();
        RunDescription record = begin(measurement, dataset).data("images", dataset, input.fingerprint());
        List<ClipModel> loaded = models.load(output.err());
        if (kind.needsModel() && loaded.get(0).engine().precision() != Precision.FP32) {
            output.note(
                    "pictures are attacked in fp32, on the processor; --precision applies to the classifiers alone");
        }
        Optional<PromptLanguage> language =
                Optional.ofNullable(given().get("language")).map(values -> PromptLanguages.parse(values.get(0)));
        try (HeadsOption.ComparedMethods methods =
                new HeadsOption.ComparedMethods(heads.load(loaded), kind, language)) {
            loaded.forEach(record::model);
            methods.describe(record);
            measure(measurement, dataset, record, () -> IntStream.range(0, loaded.size())
                    .mapToObj(i -> {
                        ClipModel clip = loaded.get(i);
                        String name =
                                loaded.size() == 1 ? null : record.models().get(i);
                        ModelOption.warnOfLongTexts(
                                clip.texts().tokenizer(), measurement.texts(dataset.classes()), output.err());
                        EncodedDataset images = EncodedDataset.of(dataset, cache.encode(clip, input, output.err()));
                        return new Subject(
                                Optional.of(clip),
                                clip.texts(),
                                images,
                                methods.of(clip, images, output.err()),
                                Condition.NONE.with(Condition.MODEL, name));
                    }));
        } finally {
            loaded.forEach(ClipModel::close);
        }
    }

    /** Measures features computed elsewhere. */
    private void measure(Measurement measurement) {
        List<String> unused = REPLACED.stream()
                .flatMap(name -> spec.mixins().get(name).options().stream())
                .map(OptionSpec::longestName)
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        WrongUse.when(
                !unused.isEmpty(),
                FEATURES + " stand for images, model and heads; leave out " + String.join(", ", unused));
        List<FeatureSource> sources = features.stream()
                .map(text -> WrongUse.checking(() -> FeatureSource.parse(text)))
                .toList();
        PrecomputedFeatures given =
                PrecomputedFeatures.read(sources, classes.names().orElse(List.of()));
        Measurement fitted = measurement.withPrompts(given::prompts);
        RunDescription record = begin(fitted, given.subject().dataset());
        given.describe(record);
        measure(fitted, given.subject().dataset(), record, () -> Stream.of(given.subject()));
    }

    /** Checks what is to be measured, and begins the record of the run. */
    private RunDescription begin(Measurement measurement, Dataset dataset) {
        measurement.check(dataset);
        if (run.start() == RunStart.NEW && run.isKept() && !run.isBegun()) {
            measurement.checkBrought(run.folder(), dataset);
        }
        return RunDescription.of(kind.id(), output.command(), measurement.options());
    }

    private void measure(
            Measurement measurement, Dataset dataset, RunDescription record, Supplier<Stream<Subject>> subjects) {
        measurement.cautions(dataset).forEach(output::note);
        try (TemporaryFolder unkept = run.isKept() ? null : TemporaryFolder.create()) {
            Path folder = unkept == null ? run.folder() : unkept.path().resolve("run");
            try (ProgressBar progress = ProgressBar.open();
                    Runner runner = Runner.open(folder, run.start(), record.json(), progress)) {
                subjects.get().forEach(subject -> runner.run(new Trial(subject, measurement)));
                runner.finish();
            }
            new RunOutput(output, unreadable).measurement(folder, run.isKept());
        }
    }
}
