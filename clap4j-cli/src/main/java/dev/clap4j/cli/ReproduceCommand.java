package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.recipe.Forecast;
import dev.clap4j.experiment.recipe.PaperProtocol;
import dev.clap4j.experiment.recipe.QuickstartOptions;
import dev.clap4j.experiment.recipe.Reproduction;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.run.Durations;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.synthesis.PromptSample;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Preset;
import dev.clap4j.training.PromptedImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class ReproduceCommand implements Runnable {
    /** Icon world's domains are small; so many batches of images have noise of their own, as larger sets have. */
    private static final int NOISE_BATCH = 16;

    private static final int OFFICIAL_NOISE_BATCH = 64;

    private static final String SYNTHESIZER_MODEL = "--synthesizer-model";
    private static final String SYNTHESIZER_STEPS = "--synthesizer-steps";

    @Parameters(
            arity = "0..1",
            defaultValue = "iconworld",
            paramLabel = "iconworld|pacs|vlcs|officehome|domainnet",
            description = "The data set, whose published settings are taken (default: ${DEFAULT-VALUE}).")
    private World world;

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

    @Option(
            names = "--synthesizer",
            paramLabel = "iconworld|diffusion|endpoint",
            description = "Make the images that --images lacks first, as clap synthesize does with seed 0.")
    private SynthesizerOptions.Kind synthesizer;

    @Option(
            names = SYNTHESIZER_MODEL,
            paramLabel = "NAME",
            description = "The model that makes them, as --model of clap synthesize.")
    private String synthesizerModel;

    @Option(
            names = SYNTHESIZER_STEPS,
            paramLabel = "N",
            description = "Its denoising steps, as --steps of clap synthesize.")
    private Integer synthesizerSteps;

    @Mixin
    private SynthesizerOptions synthesis;

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
    private Output output;

    @Mixin
    private OpenOption open;

    /** The reproducible data sets: icon world, and the paper's benchmarks by the names of their presets. */
    private enum World {
        ICONWORLD,
        PACS,
        VLCS,
        OFFICEHOME,
        DOMAINNET
    }

    @Override
    public void run() {
        PrintWriter err = output.err();
        checkSynthesis();
        List<Long> numbers = Seeds.from(0, seeds);
        AttackOptions attack = new AttackOptions(
                Attacks.parse(attacks), AttackOptions.EPSILON, threat, AttackOptions.Classifier.ZEROSHOT, limit, 0);
        // Before seconds are spent on the estimate.
        RunFolder.requireFree(run.folder(), run.start());
        try (ProgressBar progress = ProgressBar.open();
                ClipModel clip = model.load(err);
                Warnings warnings = new Warnings(err)) {
            PaperProtocol protocol =
                    world == World.ICONWORLD ? iconWorld(clip, numbers, attack) : benchmark(clip, numbers, attack);
            FeatureCache cache = new FeatureCache(CacheFolder.ofUser(), warnings);
            announce(Forecast.of(clip, protocol, cache), err);
            Reproduction reproduction = new Reproduction(clip, protocol, cache, progress);
            RunDescription record = reproduction.record(output.command());
            try (Runner runner = Runner.open(run.folder(), run.start(), record.json(), progress)) {
                reproduction.run(runner, run.start());
            }
        }
        new RunOutput(output, unreadable)
                .comparison(List.of(run.folder()), run.folder().resolve("report.html"), open);
    }

    private PaperProtocol benchmark(ClipModel clip, List<Long> numbers, AttackOptions attack) {
        if (data == null) {
            throw new ClapException("Name the images of " + world.name().toLowerCase(Locale.ROOT) + " with --data");
        }
        Dataset pictures = unreadable.readable(DataOption.read(data, output.err()), output.err());
        ClapOptions options = scheduled(Preset.valueOf(world.name()).options(pictures.classes(), clip.embedDim()));
        return new PaperProtocol(
                pictures,
                options,
                options.classes().stream()
                        .map(PromptLanguage.ENGLISH::templates)
                        .toList(),
                images == null ? null : unreadable.readable(synthesized(pictures), output.err()),
                null,
                alpha == null ? options.alpha() : alpha,
                numbers,
                draws,
                OFFICIAL_NOISE_BATCH,
                attack);
    }

    private PaperProtocol iconWorld(ClipModel clip, List<Long> numbers, AttackOptions attack) {
        if (data != null || images != null) {
            throw new ClapException(
                    "Icon world brings its own images; --data and --images are for the benchmarks, as in"
                            + " clap reproduce pacs --data DIR");
        }
        Dataset seen = DataOption.read(EmbeddedWorld.seen(EmbeddedWorld.PER_CLASS), output.err());
        Dataset unseen = DataOption.read(EmbeddedWorld.unseen(EmbeddedWorld.PER_CLASS), output.err());
        QuickstartOptions quick = QuickstartOptions.quick(unseen.classes(), clip.embedDim());
        return new PaperProtocol(
                unseen,
                scheduled(quick.training()),
                quick.prompts(),
                synthetic(EmbeddedWorld.synthesized(unseen.classes()), unseen),
                alpha == null ? seen : null,
                alpha == null ? 1 : alpha,
                numbers,
                draws,
                NOISE_BATCH,
                attack);
    }

    private SynthesizerSettings.Own ofSynthesizer() {
        return SynthesizerSettings.Own.of(SYNTHESIZER_MODEL, synthesizerModel, SYNTHESIZER_STEPS, synthesizerSteps);
    }

    private void checkSynthesis() {
        if (synthesizer == null) {
            synthesis.requireNone(ofSynthesizer());
        } else {
            WrongUse.when(images == null, "Name the folder of the images that --synthesizer makes with --images");
        }
    }

    /** Makes the images that are missing, if that is wished, and reads all. */
    private PromptedImages synthesized(Dataset pictures) {
        if (synthesizer != null) {
            PromptSample sample = synthesis.sample(pictures.classes(), ofSynthesizer(), 0);
            synthesis.fill(images, synthesizer, ofSynthesizer(), sample, output.err());
        }
        return synthetic(images, pictures);
    }

    private PromptedImages synthetic(Path folder, Dataset pictures) {
        try (Warnings warnings = new Warnings(output.err())) {
            return PromptedImages.read(folder, pictures.classes(), warnings);
        }
    }

    private ClapOptions scheduled(ClapOptions options) {
        return steps == null
                ? options
                : WrongUse.checking(
                        () -> options.withSchedule(options.schedule().withAllOf(steps)));
    }

    private static void announce(List<Forecast.Part> parts, PrintWriter err) {
        double seconds = parts.stream().mapToDouble(Forecast.Part::seconds).sum();
        err.printf(Locale.ROOT, "clap: this will take about %s:%n", Durations.words(seconds));
        parts.forEach(part -> err.printf(
                Locale.ROOT, "  %9d %-20s %s%n", part.count(), part.what(), Durations.words(part.seconds())));
        err.flush();
    }
}
