package dev.clap4j.cli;

import dev.clap4j.RunStart;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.recipe.Sweep;
import dev.clap4j.experiment.recipe.SweepSpec;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.GeometryHints;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clap sweep}: an ablation. */
@Command(
        name = "sweep",
        description = {
            "Train and measure heads over a grid of options.",
            "The grid, a YAML file, gives values for training options (latent, tau, lambda, augment, …),"
                    + " values of alpha (default: that of the preset, or else the head's own) and a number of seeds."
                    + " Every image and text is encoded once. The table shows the mean and sample standard deviation of"
                    + " each setting over the seeds; below it are the best setting and how it compares with CLIP."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Runnable {
    /** The name of the bundled pictures as a data set. */
    private static final String EMBEDDED = "iconworld";

    @Parameters(paramLabel = "SPEC", description = "The grid, a YAML file.")
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE|NAME",
            description =
                    "A CLIP checkpoint instead of the grid's (default: those of the grid, or else the mini CLIP).")
    private String model;

    @Mixin
    private GeometryOption geometry;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Images instead of the grid's: <domain>/<class>/<image>, or " + EMBEDDED
                    + " for the unseen domains that come with clap4j.")
    private String data;

    @Option(names = "--seeds", paramLabel = "N", description = "Heads for every setting (default: the grid's, or 1).")
    private Integer seeds;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Mixin
    private DeviceOption device;

    @Mixin
    private Output output;

    @Override
    public void run() {
        PrintWriter err = output.err();
        SweepSpec sweep = SweepSpec.read(file).with(model == null ? null : List.of(model), data, seeds);
        Dataset dataset = dataset(sweep, err);
        try (ProgressBar progress = ProgressBar.open()) {
            Sweep running = new Sweep(sweep, dataset, progress, output::note);
            RunDescription record = running.record(output.command());
            if (!geometry.hints().equals(GeometryHints.NONE)) {
                record.option("hints", geometry.hints().toString());
            }
            List<Checkpoint> checkpoints = geometry.open(sweep.models(), err);
            Engine runs = device.engine(err);
            checkpoints.forEach(checkpoint -> record.model(checkpoint, runs));
            try (Runner runner = Runner.open(run.folder(), run.start(), record.json(), progress)) {
                for (int number = 0; number < checkpoints.size(); number++) {
                    run(running, number, checkpoints.get(number), runs, runner, err);
                }
                runner.finish();
            }
        }
        new RunOutput(output, unreadable).measurement(run.folder(), true);
    }

    private void run(Sweep running, int number, Checkpoint checkpoint, Engine runs, Runner runner, PrintWriter err) {
        try (ClipModel clip = ClipModel.of(checkpoint, runs, Overflow.TRUNCATE);
                Warnings warnings = new Warnings(err)) {
            FeatureCache cache = new FeatureCache(CacheFolder.ofUser(), warnings);
            running.run(
                    number,
                    FrozenModel.of(clip),
                    (files, progress) -> cache.encode(clip, files, progress),
                    runner,
                    run.start() == RunStart.RESUME);
        }
    }

    private Dataset dataset(SweepSpec sweep, PrintWriter err) {
        WrongUse.when(sweep.data() == null, "Name the images with --data; " + file + " names none.");
        Path folder =
                sweep.data().equals(EMBEDDED) ? EmbeddedWorld.unseen(EmbeddedWorld.PER_CLASS) : Path.of(sweep.data());
        return unreadable.readable(DataOption.read(folder, err), err);
    }
}
