package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.classify.AlphaChoice;
import dev.clap4j.clip.ClipImageModel;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.clip.PromptEncoder;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.FeatureCache;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.CompiledHead;
import dev.clap4j.head.Head;
import dev.clap4j.io.CacheFolder;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap zeroshot}: CLIP and CLAP on a folder of labelled images. */
@Command(
        name = "zeroshot",
        description = {
            "Measure CLIP, and CLAP with a head, on a folder of labelled images.",
            "Classes are told by their names alone. The table shows the accuracy for each domain and prompt, its mean over"
                    + " the domains, the range (R) and deviation (δ) of the means over C, PC and CP, and what noise costs"
                    + " (Δ(NC))."
        },
        mixinStandardHelpOptions = true)
final class ZeroshotCommand implements Runnable {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Mixin
    private AlphaOption alpha;

    @Mixin
    private TemplateOptions templates;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain.")
    private Path data;

    @Option(
            names = "--styles",
            paramLabel = "C,PC,CP,NC",
            description = "The prompts: C the class name, PC 'a photo of a …', CP 'a … in a photo', NC the name behind"
                    + " noise (default: all four, or none if templates are given).")
    private String styles;

    @Option(names = "--limit", paramLabel = "N", description = "At most N images of each class in each domain.")
    private Integer limit;

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

    @Option(names = "--no-cache", description = "Neither use nor keep image features from one run to the next.")
    private boolean noCache;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where image features are kept (default: $CLAP4J_CACHE, else $XDG_CACHE_HOME/clap4j, else"
                    + " ~/.cache/clap4j).")
    private Path cache;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        if (noiseBatch < 1) {
            throw new ClapException("At least one image must share a draw of noise: --noise-batch is " + noiseBatch);
        }
        List<PromptSet> prompts = prompts();
        Dataset dataset = dataset(err);
        try (ClipModel clip = model.load(err)) {
            Optional<Head> trained = head.load(clip);
            AlphaChoice alphas = alpha.resolve(spec.commandLine(), trained).orElse(AlphaChoice.AUTO);
            ZeroShotReport.Plan plan = new ZeroShotReport.Plan(prompts, alphas, noiseBatch, seed);
            PromptEncoder encoder = clip.texts();
            ModelOption.warnOfLongTexts(clip.texts().tokenizer(), texts(prompts, dataset), err);
            FeatureMatrix images = encode(clip, dataset, err);
            ZeroShotReport report;
            if (trained.isPresent()) {
                try (CompiledHead compiled = trained.get().compile(clip.engine())) {
                    String name = Method.nameOf(trained.get().info());
                    report = ZeroShotReport.of(dataset, images, encoder, name, compiled::apply, plan);
                }
            } else {
                report = ZeroShotReport.of(dataset, images, encoder, null, plan);
            }
            print(report);
        }
    }

    private List<PromptSet> prompts() {
        List<PromptTemplate> single = templates.single();
        List<PromptTemplate> ensemble = templates.ofFile();
        boolean own = !single.isEmpty() || !ensemble.isEmpty();
        List<PromptStyle> chosen = own ? List.of() : List.of(PromptStyle.values());
        List<PromptSet> prompts = new ArrayList<>();
        (styles == null ? chosen : PromptStyle.parse(styles)).forEach(style -> prompts.add(PromptSet.of(style)));
        single.forEach(template -> prompts.add(PromptSet.of(template)));
        if (!ensemble.isEmpty()) {
            prompts.add(PromptSet.ensemble(templates.fileName(), ensemble));
        }
        return prompts;
    }

    private Dataset dataset(PrintWriter err) {
        try (Warnings warnings = new Warnings(err)) {
            Dataset all = Dataset.read(data, warnings);
            return limit == null ? all : all.limit(limit, seed);
        }
    }

    private static List<String> texts(List<PromptSet> prompts, Dataset dataset) {
        return prompts.stream()
                .flatMap(set -> set.texts(dataset.classes()).stream())
                .toList();
    }

    private FeatureMatrix encode(ClipModel clip, Dataset dataset, PrintWriter err) {
        List<Path> files = dataset.files();
        try (Progress progress = Progress.start("images", files.size());
                Warnings warnings = new Warnings(err)) {
            if (noCache) {
                return clip.images().encode(files, progress::step);
            }
            String fingerprint =
                    clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint());
            // The image encoder is only made ready if an image is not known yet.
            return new FeatureCache(cacheFolder(), warnings)
                    .encode(fingerprint, files, (missing, done) -> clip.images().encode(missing, done), progress::step);
        }
    }

    private Path cacheFolder() {
        return cache == null ? CacheFolder.ofUser() : cache;
    }

    private void print(ZeroShotReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, report);
        } else {
            out.println(ZeroshotTable.of(report));
        }
    }
}
