package dev.clap4j.cli;

import dev.clap4j.clip.ClipImageModel;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.EncodedDataset;
import dev.clap4j.evaluation.FeatureCache;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.tsne.TsneOptions;
import dev.clap4j.evaluation.tsne.TsneProtocol;
import dev.clap4j.evaluation.tsne.TsneReport;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.CacheFolder;
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
            "Draw the images of each domain as points, near where their features are near (t-SNE), coloured by class: for"
                    + " CLIP and for each head, side by side.",
            "DIR gets <domain>.png, .svg and .csv, and tsne.json. The table says how well the classes stand apart, in the"
                    + " features and on the map. Maps that are in DIR are not made again."
        },
        mixinStandardHelpOptions = true)
final class TsneCommand implements Runnable {
    @Mixin
    private ModelOption model;

    @Mixin
    private MethodsOption heads;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
    private Path data;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain (default: each of them).")
    private String domain;

    @Mixin
    private ClassesOption classes;

    @Option(names = "--limit", paramLabel = "N", description = "At most N images of each class in each domain.")
    private Integer limit;

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

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where image features are kept (default: $CLAP4J_CACHE, else $XDG_CACHE_HOME/clap4j, else"
                    + " ~/.cache/clap4j).")
    private Path cache;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

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
            List<Method> methods = heads.methods(clip);
            EncodedDataset encoded = EncodedDataset.of(dataset, encode(clip, dataset, err));
            TsneReport report;
            try (TsneProgress progress = new TsneProgress(TsneProtocol.steps(dataset, options, methods.size()))) {
                report = new TsneProtocol(encoded, options, out).run(methods, progress);
            }
            print(report);
        }
    }

    private Dataset dataset(PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            Dataset chosen = Dataset.read(data, warnings);
            chosen = domain == null ? chosen : chosen.onlyDomain(domain);
            chosen = classes.names().map(chosen::onlyClasses).orElse(chosen);
            return limit == null ? chosen : chosen.limit(limit, seed);
        }
    }

    private FeatureMatrix encode(ClipModel clip, Dataset dataset, PrintWriter err) {
        List<Path> files = dataset.files();
        String fingerprint = clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint());
        try (Progress progress = Progress.start("images", files.size());
                Warnings warnings = new Warnings(err)) {
            return new FeatureCache(cache == null ? CacheFolder.ofUser() : cache, warnings)
                    .encode(fingerprint, files, (missing, done) -> clip.images().encode(missing, done), progress::step);
        }
    }

    private void print(TsneReport report) {
        AtomicFiles.writeString(out.resolve("tsne.json"), JsonOption.text(report) + "\n");
        PrintWriter printer = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(printer, report);
        } else {
            printer.println(TsneTable.of(report));
            printer.println("Pictures are in " + out);
        }
    }
}
