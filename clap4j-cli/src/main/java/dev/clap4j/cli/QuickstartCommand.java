package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.recipe.Quickstart;
import dev.clap4j.experiment.recipe.QuickstartData;
import dev.clap4j.experiment.recipe.QuickstartOptions;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.run.RunStart;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap quickstart}: what CLAP is for, in a minute. */
@Command(
        name = "quickstart",
        description = {
            "See what CLAP does, in about a minute, without a download.",
            "Trains CLAP heads for a small CLIP model on class names alone, measures both on picture styles"
                    + " that nothing was trained on, prints a table and writes a report. With --model, --seen and"
                    + " --unseen it does the same with a model and pictures of your own."
        },
        mixinStandardHelpOptions = true)
final class QuickstartCommand implements Runnable, Interruptible {
    @Mixin
    private OpenOption open;

    @Option(
            names = "--out",
            defaultValue = "clap-quickstart",
            paramLabel = "DIR",
            description = "Where the report and the heads go (default: ${DEFAULT-VALUE}); replaced.")
    private Path out;

    @Option(
            names = "--seeds",
            defaultValue = "" + QuickstartOptions.HEADS,
            paramLabel = "N",
            description = "How many heads to train, each from another seed (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Training steps of a head (default: what takes some seconds).")
    private Integer steps;

    @Option(
            names = "--per-class",
            paramLabel = "K",
            description = "How many pictures of each class in each domain to measure on (default: "
                    + EmbeddedWorld.PER_CLASS + "). More take longer and tell more.")
    private Integer perClass;

    @ArgGroup(exclusive = false)
    private OwnWorld own;

    @Mixin
    private GeometryOption geometry;

    /** For reruns, which check the record that is in the folder. */
    @Option(names = "--resume", hidden = true)
    private boolean resume;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return "pictures and their features are in the cache";
    }

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        QuickstartWorld world = world();
        Dataset seen = unreadable.readable(DataOption.read(world.seen(), err), err);
        Dataset unseen = unreadable.readable(DataOption.read(world.unseen(), err), err);
        QuickstartData data = new QuickstartData(seen, unseen, world::imageType);
        try (ClipModel clip = world.model();
                Warnings warnings = new Warnings(err);
                ProgressBar progress = ProgressBar.open()) {
            FeatureCache cache = new FeatureCache(world.features(out), warnings);
            QuickstartOptions options = OptionValues.of(spec.commandLine(), () -> options(data, clip));
            Quickstart quickstart = new Quickstart(data, options, progress);
            RunDescription record = quickstart.record(CommandLineText.of(spec)).model(clip);
            RunStart start = resume ? RunStart.RESUME : RunStart.OVERWRITE;
            try (Runner runner = Runner.open(out, start, record.json(), progress)) {
                quickstart.run(FrozenModel.of(clip), (files, inside) -> cache.encode(clip, files, inside), runner);
            }
        }
        RunOutput output = new RunOutput(spec, json);
        output.comparison(List.of(out), out.resolve("report.html"), open);
        unreadable.note(output.notes());
    }

    private QuickstartWorld world() {
        if (own == null) {
            geometry.requireNone(spec.commandLine());
            return new EmbeddedWorld(CacheFolder.ofUser(), perClass == null ? EmbeddedWorld.PER_CLASS : perClass);
        }
        if (perClass != null) {
            throw new ParameterException(
                    spec.commandLine(), "--per-class is for the pictures that come with clap4j, not for your own.");
        }
        return own.with(geometry.hints());
    }

    private QuickstartOptions options(QuickstartData data, ClipModel clip) {
        QuickstartOptions options =
                QuickstartOptions.quick(data.classes(), clip.embedDim()).withHeads(seeds);
        return steps == null ? options : options.withSteps(steps);
    }
}
