package dev.clap4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.StoppedException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.fewshot.FewShotCurves;
import dev.clap4j.evaluation.fewshot.FewShotFolder;
import dev.clap4j.evaluation.fewshot.FewShotPlan;
import dev.clap4j.evaluation.fewshot.FewShotPlot;
import dev.clap4j.evaluation.fewshot.FewShotProvenance;
import dev.clap4j.evaluation.fewshot.FewShotRun;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.training.probe.ProbeRecipe;
import dev.clap4j.training.probe.RegressionOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap fewshot}: what a few labelled images are worth. */
@Command(
        name = "fewshot",
        description = {
            "Measure linear classifiers trained on a few images per class.",
            "They are trained on the features of CLIP and of heads; all methods see the same images. The"
                    + " table shows the accuracy in each domain by the number of labelled images per class (shots), its"
                    + " mean over the domains, and two stricter means: without the labelled images, and on the domains"
                    + " where none was labelled."
        },
        mixinStandardHelpOptions = true)
final class FewshotCommand implements Callable<Integer>, Interruptible {
    /** The ways to train a probe. */
    enum Probe {
        OFFICIAL,
        LBFGS;

        ProbeRecipe recipe() {
            return switch (this) {
                case OFFICIAL -> ProbeOptions.OFFICIAL;
                case LBFGS -> RegressionOptions.USUAL;
            };
        }
    }

    @Mixin
    private ModelOption model;

    @Mixin
    private HeadsOption heads;

    @Mixin
    private DataOption data;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private FeatureCacheOption cache;

    @Mixin
    private RunOption run;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--shots",
            split = ",",
            defaultValue = "1,4,8,16,32",
            paramLabel = "K",
            description = "Labelled images of each class in each domain (default: ${DEFAULT-VALUE}).")
    private List<Integer> shots;

    @Option(
            names = "--seeds",
            defaultValue = "" + FewShotPlan.SEEDS,
            paramLabel = "N",
            description = "How often these are drawn anew (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "The first of these seeds, and that of --limit (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--probe",
            defaultValue = "official",
            paramLabel = "official|lbfgs",
            description =
                    "How a classifier is trained: with Adam, as published, which keeps the weights of the last pass"
                            + " whose training loss improved; or by logistic regression, its regularisation chosen by"
                            + " cross-validation on the labelled images (default: ${DEFAULT-VALUE}).")
    private Probe probe;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return run.kept();
    }

    @Override
    public String kept(StoppedException stopped) {
        return run.kept(stopped, "probes", "probes");
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        FewShotPlan plan = new FewShotPlan(shots, Seeds.from(seed, seeds), probe.recipe());
        try (ProgressBar progress = ProgressBar.open()) {
            return run(plan, data.read(seed, unreadable, err), progress);
        }
    }

    private int run(FewShotPlan plan, Dataset dataset, ProgressBar progress) {
        PrintWriter err = spec.commandLine().getErr();
        try (ClipModel clip = model.load(err)) {
            List<NamedHead> compared = heads.load(spec.commandLine(), clip);
            ObjectNode provenance = FewShotProvenance.of(
                    plan,
                    dataset,
                    ComparedMethods.described(compared),
                    EvaluatedModel.of(clip),
                    CommandLineText.of(spec));
            try (FewShotFolder folder = FewShotFolder.open(run.folder(), run.start(), provenance, plan, dataset)) {
                warnOfSmallClasses(dataset, plan, err);
                EncodedDataset images = EncodedDataset.of(dataset, cache.encode(clip, dataset, err));
                return train(folder, images, plan, compared, clip, progress);
            }
        }
    }

    private int train(
            FewShotFolder folder,
            EncodedDataset images,
            FewShotPlan plan,
            List<NamedHead> compared,
            ClipModel clip,
            ProgressBar progress) {
        try (ComparedMethods methods = ComparedMethods.of(compared, clip.engine())) {
            FewShotCurves curves =
                    new FewShotRun(images, plan, methods.list(), progress).run(folder, Backbone.of(clip));
            progress.rest();
            FewShotPlot.of(curves).write(run.folder(), "fewshot");
            report(curves, folder);
            return Clap.DONE;
        }
    }

    private static void warnOfSmallClasses(Dataset dataset, FewShotPlan plan, PrintWriter err) {
        int smallest = dataset.smallestClass();
        if (smallest <= plan.mostShots()) {
            err.printf(
                    "clap: the smallest class of a domain has %d images, so with as many shots and more all of them are"
                            + " labelled and few or none are left to test on%n",
                    smallest);
        }
    }

    private void report(FewShotCurves curves, FewShotFolder folder) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            unreadable.print(out, curves);
            return;
        }
        out.println(FewshotTable.of(curves));
        unreadable.note(out);
        out.println();
        out.println("Result: " + folder.result());
        out.println("Plot: " + run.folder().resolve("fewshot.png"));
    }
}
