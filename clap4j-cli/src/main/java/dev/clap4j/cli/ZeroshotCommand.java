package dev.clap4j.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.EvaluationFolder;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.ZeroShotPlot;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clap zeroshot}: CLIP and CLAP on a folder of labelled images. */
@Command(
        name = "zeroshot",
        description = {
            "Measure CLIP, and heads, on a folder of labelled images.",
            "Classes are recognised by their names alone. The table shows the accuracy for each domain and"
                    + " prompt, its mean over the domains, the range (R) and standard deviation (δ) of the means over"
                    + " C, PC and CP, and how much noise costs (Δ(NC))."
        },
        mixinStandardHelpOptions = true)
final class ZeroshotCommand implements Runnable, Interruptible {
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
    private TemplateOptions templates;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write zeroshot.json and bars by prompt and domain (accuracy.png and .svg) there.")
    private Path out;

    @Option(
            names = "--styles",
            paramLabel = "C,PC,CP,NC",
            description = "The prompts: C the class name, PC 'a photo of a …', CP 'a … in a photo', NC the name behind"
                    + " noise (default: all four, or none if templates are given).")
    private String styles;

    @Option(
            names = "--noise-batch",
            defaultValue = "" + ZeroShotReport.Plan.NOISE_BATCH,
            paramLabel = "N",
            description = "Images that share one draw of noise (default: ${DEFAULT-VALUE}).")
    private int noiseBatch;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of the noise and of --limit (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return cache.kept();
    }

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        if (noiseBatch < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "At least one image must share a draw of noise: --noise-batch is " + noiseBatch);
        }
        List<PromptSet> prompts = prompts();
        Dataset dataset = data.read(seed, unreadable, err);
        try (ClipModel clip = model.load(err)) {
            List<NamedHead> asked = heads.loadOpen(spec.commandLine(), clip);
            ZeroShotReport.Plan plan = new ZeroShotReport.Plan(prompts, alphas(asked), noiseBatch, seed);
            ModelOption.warnOfLongTexts(clip.texts().tokenizer(), texts(prompts, dataset), err);
            FeatureMatrix images = cache.encode(clip, dataset, err);
            Map<String, AlphaSelection> selections = choose(asked, dataset, images, clip);
            List<NamedHead> chosen = asked.stream()
                    .map(head -> head.with(selections.get(head.name())))
                    .toList();
            try (ComparedMethods methods = ComparedMethods.of(chosen, clip.engine())) {
                ZeroShotReport report = ZeroShotReport.of(
                        EncodedDataset.of(dataset, images), clip.texts(), methods.list(), selections, plan);
                if (out != null) {
                    save(report, provenance(plan, chosen, clip, dataset));
                }
                print(report);
            }
        }
    }

    private static Map<String, AlphaChoice> alphas(List<NamedHead> heads) {
        Map<String, AlphaChoice> alphas = new LinkedHashMap<>();
        heads.forEach(head -> alphas.put(head.name(), head.alphas()));
        return alphas;
    }

    /** Chooses α for heads where it was left open. */
    private static Map<String, AlphaSelection> choose(
            List<NamedHead> heads, Dataset dataset, FeatureMatrix images, ClipModel clip) {
        Map<String, AlphaSelection> selections = new LinkedHashMap<>();
        for (NamedHead head : heads) {
            if (head.alphas().isAuto()) {
                try (CompiledHead compiled = CompiledHead.of(head.head(), clip.engine())) {
                    selections.put(
                            head.name(),
                            ZeroShotReport.choose(compiled::apply, dataset.classes(), images, clip.texts()));
                }
            }
        }
        return selections;
    }

    private void save(ZeroShotReport report, ObjectNode provenance) {
        try (EvaluationFolder folder = EvaluationFolder.take(out, provenance)) {
            folder.save(Protocol.ZERO_SHOT, report);
            ZeroShotPlot.of(List.of(report)).write(folder.folder(), "accuracy");
        }
    }

    private ObjectNode provenance(ZeroShotReport.Plan plan, List<NamedHead> heads, ClipModel clip, Dataset dataset) {
        return EvaluationProvenance.of(
                Protocol.ZERO_SHOT,
                plan.describe(),
                ComparedMethods.described(heads),
                EvaluatedModel.of(clip),
                dataset,
                CommandLineText.of(spec));
    }

    private List<PromptSet> prompts() {
        List<PromptTemplate> single = templates.single();
        List<PromptTemplate> ensemble = templates.ofFile();
        boolean own = !single.isEmpty() || !ensemble.isEmpty();
        List<PromptStyle> chosen = own ? List.of() : List.of(PromptStyle.values());
        List<PromptSet> prompts = new ArrayList<>();
        List<PromptStyle> wanted =
                styles == null ? chosen : OptionValues.of(spec.commandLine(), () -> PromptStyle.parse(styles));
        wanted.forEach(style -> prompts.add(PromptSet.of(style)));
        single.forEach(template -> prompts.add(PromptSet.of(template)));
        if (!ensemble.isEmpty()) {
            prompts.add(PromptSet.ensemble(templates.fileName(), ensemble));
        }
        return prompts;
    }

    private static List<String> texts(List<PromptSet> prompts, Dataset dataset) {
        return prompts.stream()
                .flatMap(set -> set.texts(dataset.classes()).stream())
                .toList();
    }

    private void print(ZeroShotReport report) {
        PrintWriter printer = spec.commandLine().getOut();
        if (json.wanted()) {
            unreadable.print(printer, report);
            return;
        }
        printer.println(ZeroshotTable.of(report));
        unreadable.note(printer);
        if (out != null) {
            printer.println("Plot: " + out.resolve("accuracy.png"));
        }
    }
}
