package dev.clap4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.DatasetFingerprint;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.evaluation.plot.Figure;
import dev.clap4j.evaluation.sweep.Sweep;
import dev.clap4j.evaluation.sweep.SweepPlot;
import dev.clap4j.evaluation.sweep.SweepResult;
import dev.clap4j.evaluation.sweep.SweepSpec;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.GeometryHints;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.torch.TorchLibraries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class SweepCommand implements Callable<Integer>, Interruptible {
    /** The name of the bundled pictures as a data set. */
    private static final String EMBEDDED = "iconworld";

    @Parameters(paramLabel = "SPEC", description = "The grid, a YAML file.")
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
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
    private EngineOption engine;

    @Mixin
    private JsonOption json;

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
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        SweepSpec sweep = sweep();
        Dataset dataset = dataset(sweep, err);
        try (RunFolder folder =
                RunFolder.open(run.folder(), run.start(), provenance(sweep, dataset), List.of("sweep"), Sweep::files)) {
            return run(sweep, dataset, folder, err);
        }
    }

    private int run(SweepSpec sweep, Dataset dataset, RunFolder folder, PrintWriter err) {
        report(result(sweep, dataset, folder, err));
        return Clap.DONE;
    }

    private SweepResult result(SweepSpec sweep, Dataset dataset, RunFolder folder, PrintWriter err) {
        try (ProgressBar progress = ProgressBar.open()) {
            Sweep running = new Sweep(
                    sweep,
                    dataset,
                    folder.folder(),
                    run.start() == RunStart.RESUME,
                    progress,
                    warning -> err.println("clap: " + warning));
            for (int number = 0; number < Math.max(1, sweep.models().size()); number++) {
                run(running, number, sweep, err);
            }
            return running.result();
        }
    }

    private SweepSpec sweep() {
        SweepSpec sweep = SweepSpec.read(file);
        sweep = model == null ? sweep : sweep.withModels(List.of(model));
        sweep = data == null ? sweep : sweep.withData(data);
        if (sweep.models().isEmpty()) {
            geometry.requireNone(spec.commandLine());
        }
        return seeds == null ? sweep : sweep.withSeeds(seeds);
    }

    private Dataset dataset(SweepSpec sweep, PrintWriter err) {
        String named = sweep.data()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Name the images with --data; " + file + " names none."));
        Path folder = named.equals(EMBEDDED)
                ? new EmbeddedWorld(CacheFolder.ofUser(), EmbeddedWorld.PER_CLASS).unseen()
                : Path.of(named);
        return unreadable.readable(DataOption.read(folder, err), err);
    }

    private ObjectNode provenance(SweepSpec sweep, Dataset dataset) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("format", "clap4j.sweep");
        node.put("command", CommandLineText.of(spec));
        ObjectNode what = node.putObject("sweep");
        what.put("models", String.join(", ", sweep.models()));
        if (!geometry.hints().equals(GeometryHints.NONE)) {
            what.put("hints", geometry.hints().toString());
        }
        what.put("data", sweep.data().orElseThrow());
        what.put("images", dataset.size());
        what.put("fingerprint", DatasetFingerprint.of(dataset));
        what.put("preset", sweep.preset().map(Enum::name).orElse(""));
        what.put("options", sweep.options().toString());
        what.put("grid", sweep.grid().toString());
        what.put(
                "alpha",
                sweep.alphas().isEmpty() ? "the heads' own" : sweep.alphas().toString());
        what.put("seeds", sweep.seeds());
        node.set("versions", JsonOption.tree(TorchLibraries.versions()));
        return node;
    }

    private void run(Sweep running, int number, SweepSpec sweep, PrintWriter err) {
        try (ClipModel clip = ClipModel.of(checkpoint(sweep, number, err), engine.create(), Overflow.TRUNCATE);
                Warnings warnings = new Warnings(err)) {
            FeatureCache cache = new FeatureCache(CacheFolder.ofUser(), warnings);
            running.run(number, new SweptModel(clip, cache));
        }
    }

    private Checkpoint checkpoint(SweepSpec sweep, int number, PrintWriter err) {
        if (!sweep.models().isEmpty()) {
            return Checkpoint.open(Path.of(sweep.models().get(number)), geometry.hints());
        }
        err.println(CheckpointOption.EMBEDDED);
        return MiniClip.open(CacheFolder.ofUser());
    }

    private void report(SweepResult result) {
        AtomicFiles.writeString(run.folder().resolve("sweep.json"), JsonOption.text(result) + System.lineSeparator());
        Optional<Figure> figure = SweepPlot.of(result);
        figure.ifPresent(curves -> curves.write(run.folder(), "sweep"));
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            unreadable.print(out, result);
            return;
        }
        out.println(SweepTable.of(result));
        unreadable.note(out);
        if (figure.isPresent()) {
            out.println();
            out.println("Plot: " + run.folder().resolve("sweep.png"));
        }
    }
}
