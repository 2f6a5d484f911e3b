package dev.clap4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.EvaluationFolder;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.tsne.TsneOptions;
import dev.clap4j.evaluation.tsne.TsneProtocol;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap tsne}: maps of image features by class. */
@Command(
        name = "tsne",
        description = {
            "Draw maps of the features of images (t-SNE).",
            "Images with similar features are close together, coloured by class; there is a map for each"
                    + " domain, of CLIP and of each head side by side. DIR gets <domain>.png, .svg and .csv, and"
                    + " tsne.json. The table says how well the classes are separated, in the features and on the map."
                    + " Maps that are in DIR are not made again."
        },
        mixinStandardHelpOptions = true)
final class TsneCommand implements Runnable, Interruptible {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadsOption heads;

    @Mixin
    private DataOption data;

    @Mixin
    private UnreadableOption unreadable;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain (default: each of them).")
    private String domain;

    @Mixin
    private ClassesOption classes;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the pictures go.")
    private Path out;

    @Option(
            names = "--perplexity",
            defaultValue = "30",
            paramLabel = "P",
            description = "About how many neighbours an image has (default: ${DEFAULT-VALUE}).")
    private double perplexity;

    @Option(
            names = "--iterations",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Steps of gradient descent (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of the maps and of --limit (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private FeatureCacheOption cache;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return cache.kept() + ", finished maps in " + out;
    }

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        TsneOptions options = TsneOptions.DEFAULTS
                .withPerplexity(perplexity)
                .withIterations(iterations)
                .withSeed(seed);
        Dataset dataset = dataset(err);
        TsneProtocol.check(dataset, options);
        try (ClipModel clip = model.load(err)) {
            List<NamedHead> named = heads.load(spec.commandLine(), clip);
            ObjectNode provenance = EvaluationProvenance.of(
                    Protocol.TSNE,
                    options.describe(),
                    ComparedMethods.described(named),
                    EvaluatedModel.of(clip),
                    dataset,
                    CommandLineText.of(spec));
            try (EvaluationFolder folder = EvaluationFolder.take(out, provenance)) {
                EncodedDataset encoded = EncodedDataset.of(dataset, cache.encode(clip, dataset, err));
                print(report(encoded, options, named, clip.engine(), folder));
            }
        }
    }

    private TsneReport report(
            EncodedDataset encoded,
            TsneOptions options,
            List<NamedHead> named,
            Engine engine,
            EvaluationFolder folder) {
        try (ComparedMethods methods = ComparedMethods.of(named, engine);
                ProgressBar progress = ProgressBar.open()) {
            return new TsneProtocol(encoded, options, folder.folder()).run(methods.list(), progress);
        }
    }

    private Dataset dataset(PrintWriter err) {
        Dataset all = data.read(seed, unreadable, err);
        Dataset chosen = domain == null ? all : all.onlyDomain(domain);
        return classes.names().map(chosen::onlyClasses).orElse(chosen);
    }

    private void print(TsneReport report) {
        PrintWriter printer = spec.commandLine().getOut();
        if (json.wanted()) {
            unreadable.print(printer, report);
        } else {
            printer.println(TsneTable.of(report));
            unreadable.note(printer);
            printer.println("Pictures are in " + out);
        }
    }
}
