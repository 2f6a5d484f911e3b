package dev.clap4j.cli;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.recipe.Forecast;
import dev.clap4j.experiment.recipe.PaperProtocol;
import dev.clap4j.experiment.recipe.Reproduction;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.training.ClapOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clap reproduce}: the paper's experiments on one data set. */
@Command(
        name = "reproduce",
        description = {
            "Run the paper's whole protocol on one data set.",
            "Heads of CLAP, and of Im.Aug where there are images for it, are trained; they and CLIP are"
                    + " measured zero-shot, few-shot, under attack and on maps; and a report is written. Without a name"
                    + " the data set is icon world, drawn pictures that come with clap4j. The command says how long it"
                    + " will take before it starts, and continues with --resume where it was stopped."
        },
        mixinStandardHelpOptions = true)
final class ReproduceCommand implements Runnable, Interruptible {
    @Parameters(
            arity = "0..1",
            defaultValue = "iconworld",
            paramLabel = "iconworld|pacs|vlcs|officehome|domainnet",
            description = "The data set, whose published settings are taken (default: ${DEFAULT-VALUE}).")
    private ReproducedWorld world;

    @Mixin
    private ModelOption model;

    @Option(names = "--data", paramLabel = "DIR", description = "Its images: <domain>/<class>/<image>.")
    private Path data;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "Images that Im.Aug is trained on, DIR/<class>/<prompt>/<image>; without them it is left out.")
    private Path images;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Option(
            names = "--seeds",
            defaultValue = "3",
            paramLabel = "N",
            description = "How often everything is done, each time from another seed (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--draws",
            defaultValue = "1",
            paramLabel = "N",
            description = "Draws of labelled images for each seed (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(
            names = "--limit",
            defaultValue = "24",
            paramLabel = "N",
            description = "At most N images of each domain are attacked (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--attacks",
            defaultValue = "fgsm,pgd-20,cw-20",
            paramLabel = "A,B,…",
            description = "How, as clap attack has it (default: ${DEFAULT-VALUE}).")
    private String attacks;

    @Option(
            names = "--threat",
            defaultValue = "official",
            paramLabel = "official|pixel",
            description = "What attacks change, as clap attack has it (default: ${DEFAULT-VALUE}, as published).")
    private ThreatModel threat;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The alpha of all heads (default: the published one; on icon world 1 for probes and maps, and"
                    + " for prompts what is best on sets the mini CLIP knows).")
    private Float alpha;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "The most training steps of a head (default: as published, or a quickstart's).")
    private Integer steps;

    @Mixin
    private JsonOption json;

    @Mixin
    private OpenOption open;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return run.kept();
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        List<Long> numbers = Seeds.from(0, seeds);
        AttackOptions attack = new AttackOptions(
                Attacks.parse(attacks), AttackOptions.EPSILON, threat, AttackOptions.Classifier.ZEROSHOT, limit, 0);
        // Before seconds are spent on the estimate.
        RunFolder.requireFree(run.folder(), run.start());
        try (ProgressBar progress = ProgressBar.open();
                ClipModel clip = model.load(err);
                Warnings warnings = new Warnings(err)) {
            ReproducedWorld.Given given =
                    new ReproducedWorld.Given(data, images, alpha, this::scheduled, numbers, draws, attack);
            PaperProtocol protocol = world.plan(clip, given, unreadable, err);
            FeatureCache cache = new FeatureCache(CacheFolder.ofUser(), warnings);
            announce(Forecast.of(clip, protocol, cache), err);
            Reproduction reproduction = new Reproduction(clip, protocol, cache, progress);
            RunDescription record = reproduction.record(CommandLineText.of(spec));
            try (Runner runner = Runner.open(run.folder(), run.start(), record.json(), progress)) {
                reproduction.run(runner, run.start());
            }
        }
        RunOutput output = new RunOutput(spec, json);
        output.comparison(List.of(run.folder()), run.folder().resolve("report.html"), open);
        unreadable.note(output.notes());
    }

    private ClapOptions scheduled(ClapOptions options) {
        if (steps == null) {
            return options;
        }
        return OptionValues.of(
                spec.commandLine(),
                () -> options.withSchedule(options.schedule().withAllOf(steps)));
    }

    private static void announce(List<Forecast.Part> parts, PrintWriter err) {
        double seconds = parts.stream().mapToDouble(Forecast.Part::seconds).sum();
        err.printf(Locale.ROOT, "clap: this will take about %s:%n", words(seconds));
        parts.forEach(
                part -> err.printf(Locale.ROOT, "  %9d %-20s %s%n", part.count(), part.what(), words(part.seconds())));
        err.flush();
    }

    private static String words(double seconds) {
        if (seconds < 90) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
