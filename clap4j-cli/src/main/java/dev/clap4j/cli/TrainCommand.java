package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.ImAugTrainer;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.HeadOptions;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.source.PromptSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap train}: a head from class names, or from synthetic images. */
@Command(
        name = "train",
        description = {
            "Train a CLAP head for a CLIP model, from class names alone.",
            "With --objective im-aug, train the paper's baseline from synthetic images instead."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer>, Interruptible {
    @Mixin
    private ModelOption modelOption;

    @Mixin
    private ObjectiveOption objective;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    /** The common interface of both trainers. */
    private interface Training {
        TrainingResult train(Path folder, RunStart start, String command, Progress progress);
    }

    @Override
    public String kept() {
        return run.kept();
    }

    @Override
    public String kept(StoppedException stopped) {
        return run.kept(stopped, "training", "steps");
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public Integer call() {
        objective.check(spec.commandLine());
        return objective.isImAug() ? trainOnImages() : trainOnText();
    }

    private int trainOnText() {
        List<String> names = training.classes(classes.names())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Name the classes with --classes or --classes-file, or choose a --preset that has them."));
        PromptSource source = training.source();
        try (ProgressBar progress = ProgressBar.logging(spec.commandLine().getErr());
                ClipModel model = modelOption.load(spec.commandLine().getErr())) {
            ClapOptions options = OptionValues.of(spec.commandLine(), () -> training.resolve(names, model.embedDim()));
            ClapTrainer trainer = ClapTrainer.of(model, options, source);
            ModelOption.warnOfLongTexts(
                    model.texts().tokenizer(),
                    trainer.prompts(),
                    spec.commandLine().getErr());
            return train(options, trainer::train, progress);
        }
    }

    private int trainOnImages() {
        PrintWriter err = spec.commandLine().getErr();
        PromptedImages images = unreadable.readable(objective.images(training.classes(classes.names()), err), err);
        try (ProgressBar progress = ProgressBar.logging(spec.commandLine().getErr());
                ClipModel model = modelOption.load(spec.commandLine().getErr())) {
            ImAugOptions options = OptionValues.of(
                    spec.commandLine(), () -> training.resolveImAug(images.classes(), model.embedDim()));
            return train(options, ImAugTrainer.of(model, options, images)::train, progress);
        }
    }

    private int train(HeadOptions options, Training trainer, ProgressBar progress) {
        long begin = System.nanoTime();
        training.shortfall(options.schedule())
                .ifPresent(said -> spec.commandLine().getErr().println("clap: " + said));
        TrainingResult result = trainer.train(run.folder(), run.start(), CommandLineText.of(spec), progress);
        progress.rest();
        report(result, options, (System.nanoTime() - begin) / 1e9);
        return Clap.DONE;
    }

    private void report(TrainingResult result, HeadOptions options, double seconds) {
        PrintWriter output = spec.commandLine().getOut();
        boolean hasHead = result.headStep() > 0;
        if (json.wanted()) {
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
            unreadable.print(output, facts);
            return;
        }
        Table table = Table.of("run", "value");
        table.row("head", result.head());
        table.row("objective", options.objective().name());
        table.row("classes", options.classes().size());
        table.row(
                "steps",
                result.steps()
                        + (result.outcome() == TrainingResult.Outcome.PATIENCE ? ", no more improvement" : ", all"));
        table.row("head from step", result.headStep());
        table.row("loss there", String.format(Locale.ROOT, "%.4f", result.bestLoss()));
        table.row("suggested alpha", options.alpha());
        table.row(
                "seconds",
                String.format(
                        Locale.ROOT,
                        "%.1f: %.1f to encode, %.1f to fit",
                        seconds,
                        result.encodingSeconds(),
                        result.fittingSeconds()));
        output.println(table);
        unreadable.note(output);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}
