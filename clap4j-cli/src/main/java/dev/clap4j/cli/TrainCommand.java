package dev.clap4j.cli;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.ImAugTrainer;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.HeadOptions;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap train}: a head from class names, or from synthetic images. */
@Command(
        name = "train",
        description = {
            "Train a CLAP head for a CLIP model, from class names alone.",
            "With --objective im-aug, train the paper's baseline from synthetic images instead."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Runnable {
    enum Objective {
        CLAP,
        IM_AUG
    }

    private static final List<String> OF_TEXT =
            List.of("--prompts", "--noise", "--noise-vectors", "--noise-std", "--tau-content", "--lambda");
    private static final List<String> OF_IMAGES = List.of("--images", "--views", UnreadableOption.NAME);

    @Mixin
    private ModelOption modelOption;

    @Option(
            names = "--objective",
            paramLabel = "clap|im-aug",
            defaultValue = "clap",
            description = "What is learned: clap, from prompts, or im-aug, the paper's baseline, from images and random"
                    + " views of them (default: ${DEFAULT-VALUE}).")
    private Objective objective;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The images of im-aug, DIR/<class>/<prompt>/<image>, as clap synthesize makes them; their"
                    + " classes are those to train on unless some are named.")
    private Path images;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (objective == Objective.IM_AUG) {
            refuse(OF_TEXT, "clap");
            WrongUse.when(
                    images == null,
                    "--objective im-aug is trained on images; name their folder with --images. clap synthesize makes some.");
            trainOnImages();
        } else {
            refuse(OF_IMAGES, "im-aug");
            trainOnText();
        }
    }

    /** Refuses options that would have no effect. */
    private void refuse(List<String> options, String other) {
        for (String option : options) {
            WrongUse.when(
                    spec.commandLine().getParseResult().hasMatchedOption(option),
                    option + " is for --objective " + other + " alone");
        }
    }

    private void trainOnText() {
        List<String> names = training.classes(classes.names())
                .orElseThrow(() -> new WrongUse(
                        "Name the classes with --classes or --classes-file, or choose a --preset that has them."));
        PromptSource source = training.source();
        try (ProgressBar progress = ProgressBar.logging(output.err());
                ClipModel model = modelOption.load(output.err())) {
            ClapOptions options = WrongUse.checking(() -> training.resolve(names, model.embedDim()));
            ClapTrainer trainer = ClapTrainer.of(model, options, source);
            ModelOption.warnOfLongTexts(model.texts().tokenizer(), trainer.prompts(), output.err());
            train(options, () -> trainer.train(run.folder(), run.start(), output.command(), progress), progress);
        }
    }

    private void trainOnImages() {
        PromptedImages pictures = unreadable.readable(pictures(training.classes(classes.names())), output.err());
        try (ProgressBar progress = ProgressBar.logging(output.err());
                ClipModel model = modelOption.load(output.err())) {
            ImAugOptions options = WrongUse.checking(() -> training.resolveImAug(pictures.classes(), model.embedDim()));
            ImAugTrainer trainer = ImAugTrainer.of(model, options, pictures);
            train(options, () -> trainer.train(run.folder(), run.start(), output.command(), progress), progress);
        }
    }

    /** Returns the images of the given classes, or of all there are. */
    private PromptedImages pictures(Optional<List<String>> names) {
        try (Warnings warnings = new Warnings(output.err())) {
            return names.map(given -> PromptedImages.read(images, given, warnings))
                    .orElseGet(() -> PromptedImages.read(images, warnings));
        }
    }

    private void train(HeadOptions options, Supplier<TrainingResult> work, ProgressBar progress) {
        long begin = System.nanoTime();
        training.shortfall(options.schedule()).ifPresent(output::note);
        TrainingResult result = work.get();
        progress.rest();
        double seconds = (System.nanoTime() - begin) / 1e9;
        unreadable.print(output, facts(result, options, seconds), table(result, options, seconds));
    }

    private static Map<String, Object> facts(TrainingResult result, HeadOptions options, double seconds) {
        boolean hasHead = result.headStep() > 0;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("objective", options.objective().name());
        facts.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
        facts.put("head", hasHead ? result.head().toString() : null);
        facts.put("steps", result.steps());
        facts.put("head_step", result.headStep());
        facts.put("best_loss", hasHead ? result.bestLoss() : null);
        facts.put("alpha", options.alpha());
        facts.put("seconds", rounded(seconds));
        facts.put("encoding_seconds", rounded(result.encodingSeconds()));
        facts.put("fitting_seconds", rounded(result.fittingSeconds()));
        return facts;
    }

    private static Table table(TrainingResult result, HeadOptions options, double seconds) {
        boolean isStuck = result.outcome() == TrainingResult.Outcome.PATIENCE;
        return Table.of("run", "value")
                .row("head", result.head())
                .row("objective", options.objective().name())
                .row("classes", options.classes().size())
                .row("steps", result.steps() + (isStuck ? ", no more improvement" : ", all"))
                .row("head from step", result.headStep())
                .row("loss there", Table.cell("%.4f", result.bestLoss()))
                .row("suggested alpha", options.alpha())
                .row(
                        "seconds",
                        Table.cell(
                                "%.1f: %.1f to encode, %.1f to fit",
                                seconds, result.encodingSeconds(), result.fittingSeconds()));
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
