package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.recipe.PaperProtocol;
import dev.clap4j.experiment.recipe.QuickstartOptions;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.synthesis.IconWorldSynthesizer;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Preset;
import dev.clap4j.training.PromptedImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The reproducible data sets: the bundled icon world and the paper's benchmarks. */
enum ReproducedWorld {
    ICONWORLD(null),
    PACS(Preset.PACS),
    VLCS(Preset.VLCS),
    OFFICEHOME(Preset.OFFICEHOME),
    DOMAINNET(Preset.DOMAINNET);

    /** Pictures that Im.Aug is trained on, of each class of icon world. */
    private static final int SYNTHESIZED = 8;

    /** The side of the mini CLIP's pictures. */
    private static final int IMAGE_SIZE = 64;

    /** Icon world's domains are small; so many batches of images have noise of their own, as larger sets have. */
    private static final int NOISE_BATCH = 16;

    private static final int OFFICIAL_NOISE_BATCH = 64;

    private final Preset preset;

    ReproducedWorld(Preset preset) {
        this.preset = preset;
    }

    /**
     * The user's choices.
     *
     * @param data the images; null unless named
     * @param images the training images of Im.Aug; null unless given
     * @param alpha the value of α; null unless given
     * @param schedule changes how long heads are trained
     */
    record Given(
            Path data,
            Path images,
            Float alpha,
            UnaryOperator<ClapOptions> schedule,
            List<Long> seeds,
            int draws,
            AttackOptions attack) {}

    /**
     * All that is needed.
     *
     * @param unreadable the treatment of images that cannot be decoded
     * @param err receives notes of skipped files
     * @throws ClapException if the images are missing, or have other classes
     */
    PaperProtocol plan(ClipModel clip, Given given, UnreadableOption unreadable, PrintWriter err) {
        return preset == null ? iconWorld(clip, given, err) : benchmark(clip, given, unreadable, err);
    }

    private PaperProtocol benchmark(ClipModel clip, Given given, UnreadableOption unreadable, PrintWriter err) {
        if (given.data == null) {
            throw new ClapException("Name the images of " + name().toLowerCase(Locale.ROOT) + " with --data");
        }
        Dataset data = unreadable.readable(DataOption.read(given.data, err), err);
        ClapOptions options = given.schedule.apply(preset.options(data.classes(), clip.embedDim()));
        return new PaperProtocol(
                data,
                options,
                options.classes().stream()
                        .map(PromptLanguage.ENGLISH::templates)
                        .toList(),
                synthetic(given.images, data.classes(), unreadable, err),
                null,
                given.alpha == null ? options.alpha() : given.alpha,
                given.seeds,
                given.draws,
                OFFICIAL_NOISE_BATCH,
                given.attack);
    }

    private PaperProtocol iconWorld(ClipModel clip, Given given, PrintWriter err) {
        if (given.data != null || given.images != null) {
            throw new ClapException(
                    "Icon world brings its own images; --data and --images are for the benchmarks, as in"
                            + " clap reproduce pacs --data DIR");
        }
        Path cache = CacheFolder.ofUser();
        EmbeddedWorld pictures = new EmbeddedWorld(cache, EmbeddedWorld.PER_CLASS);
        Dataset seen = DataOption.read(pictures.seen(), err);
        Dataset unseen = DataOption.read(pictures.unseen(), err);
        QuickstartOptions quick = QuickstartOptions.quick(unseen.classes(), clip.embedDim());
        return new PaperProtocol(
                unseen,
                given.schedule.apply(quick.training()),
                quick.prompts(),
                synthetic(synthesized(cache, unseen.classes()), unseen.classes(), new UnreadableOption(), err),
                given.alpha == null ? seen : null,
                given.alpha == null ? 1 : given.alpha,
                given.seeds,
                given.draws,
                NOISE_BATCH,
                given.attack);
    }

    /** Returns the training images of Im.Aug; null if there are none. */
    private static PromptedImages synthetic(
            Path folder, List<String> classes, UnreadableOption unreadable, PrintWriter err) {
        if (folder == null) {
            return null;
        }
        try (Warnings warnings = new Warnings(err)) {
            return unreadable.readable(PromptedImages.read(folder, classes, warnings), err);
        }
    }

    private static Path synthesized(Path cache, List<String> classes) {
        Path folder = cache.resolve("icon-world-synthesized-java" + Rasteriser.version());
        PromptSample sample = new PromptSample(classes, SYNTHESIZED, 0);
        try (ProgressBar progress = ProgressBar.open();
                ImageSynthesizer synthesizer = IconWorldSynthesizer.of(classes, IMAGE_SIZE, progress)) {
            PictureFolder.fill(folder, sample, synthesizer, progress.withPart("pictures for Im.Aug"));
        }
        return folder;
    }
}
