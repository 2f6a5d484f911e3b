package dev.clap4j.cli;

import dev.clap4j.RunStart;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.recipe.Quickstart;
import dev.clap4j.experiment.recipe.QuickstartData;
import dev.clap4j.experiment.recipe.QuickstartOptions;
import dev.clap4j.iconworld.dataset.DatasetBuilder;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private Own own;

    @Mixin
    private GeometryOption geometry;

    /** For reruns, which check the record that is in the folder. */
    @Option(names = "--resume", hidden = true)
    private boolean resume;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private Output output;

    private static final class Own {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "DIR|FILE|NAME",
                description = "A CLIP checkpoint of your own, or the name of a model to download.")
        private String model;

        @Option(
                names = "--seen",
                required = true,
                paramLabel = "DIR",
                description = "Its pictures, <domain>/<class>/<image>, by which α is chosen.")
        private Path seen;

        @Option(
                names = "--unseen",
                required = true,
                paramLabel = "DIR",
                description = "Other domains with the same classes, by which nothing is chosen.")
        private Path unseen;

        /** The domain of a picture stands for its kind: nothing else is known of it. */
        String domain(Path image) {
            return unseen.toAbsolutePath()
                    .relativize(image.toAbsolutePath())
                    .getName(0)
                    .toString();
        }
    }

    /**
     * A model, the domains it was trained on, and others with the same classes.
     *
     * @param features the cache of the pictures' features
     * @param imageType the kind of a picture: painting, sketch, …
     */
    private record World(
            Supplier<Checkpoint> model, Path seen, Path unseen, Path features, Function<Path, String> imageType) {}

    @Override
    public String kept() {
        return "pictures and their features are in the cache";
    }

    @Override
    public void run() {
        PrintWriter err = output.err();
        WrongUse.when(seeds < 1, "At least one head must be trained; give 1 seed or more");
        World world = world();
        Dataset seen = unreadable.readable(DataOption.read(world.seen, err), err);
        Dataset unseen = unreadable.readable(DataOption.read(world.unseen, err), err);
        QuickstartData data = new QuickstartData(seen, unseen, world.imageType);
        try (ClipModel clip = ClipModel.of(world.model.get(), OrtEngine.create(), Overflow.TRUNCATE);
                Warnings warnings = new Warnings(err);
                ProgressBar progress = ProgressBar.open()) {
            FeatureCache cache = new FeatureCache(world.features, warnings);
            QuickstartOptions options = WrongUse.checking(() -> options(data, clip));
            Quickstart quickstart = new Quickstart(data, options, progress);
            RunDescription record = quickstart.record(output.command()).model(clip);
            RunStart start = resume ? RunStart.RESUME : RunStart.OVERWRITE;
            try (Runner runner = Runner.open(out, start, record.json(), progress)) {
                quickstart.run(FrozenModel.of(clip), (files, inside) -> cache.encode(clip, files, inside), runner);
            }
        }
        new RunOutput(output, unreadable).comparison(List.of(out), out.resolve("report.html"), open);
    }

    private World world() {
        if (own != null) {
            WrongUse.when(perClass != null, "--per-class is for the pictures that come with clap4j, not for your own.");
            output.begin("training " + heads() + " and measuring what they change on your pictures …");
            return new World(
                    () -> Checkpoint.open(NamedModel.find(own.model, output.err()), geometry.hints()),
                    own.seen,
                    own.unseen,
                    out.resolve("features"),
                    own::domain);
        }
        geometry.requireNone();
        output.begin("drawing pictures, training " + heads() + " and measuring what they change: about a minute …");
        int count = perClass == null ? EmbeddedWorld.PER_CLASS : perClass;
        // Features are kept with the pictures, so that a second quickstart need not encode them again.
        return new World(
                () -> MiniClip.open(CacheFolder.ofUser()),
                EmbeddedWorld.seen(count),
                EmbeddedWorld.unseen(count),
                CacheFolder.ofUser(),
                image -> DatasetBuilder.imageType(image).word());
    }

    private String heads() {
        return seeds == 1 ? "a head" : seeds + " heads";
    }

    private QuickstartOptions options(QuickstartData data, ClipModel clip) {
        QuickstartOptions options =
                QuickstartOptions.quick(data.classes(), clip.embedDim()).withHeads(seeds);
        return steps == null ? options : options.withSteps(steps);
    }
}
