package dev.clap4j.cli;

import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.dataset.DatasetBuilder;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.synthesis.IconWorldSynthesizer;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.synthesis.ImageSynthesizer;
import dev.clap4j.synthesis.PictureFolder;
import dev.clap4j.synthesis.PromptSample;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of icon world, drawn when they are first needed and kept with the user's cache: the sets that the mini CLIP was
 * trained on, in other pictures, and sets it never saw.
 */
final class EmbeddedWorld {
    /** The default number of pictures per class and domain: 3234 of seen domains, 1848 of unseen ones. */
    static final int PER_CLASS = 6;

    /** Pictures that Im.Aug is trained on, of each class. */
    private static final int SYNTHESIZED = 8;

    /** The side of the mini CLIP's pictures. */
    private static final int IMAGE_SIZE = 64;

    private static final long SEED = 0;

    /** Letters enough to tell icon worlds apart. */
    private static final int FINGERPRINT = 8;

    private EmbeddedWorld() {}

    /** The domains the mini CLIP was trained on: {@code <domain>/<class>/<image>}. */
    static Path seen(int perClass) {
        return pictures("seen", IconSet.SEEN, perClass);
    }

    /** Domains it was not trained on, with the same classes. */
    static Path unseen(int perClass) {
        return pictures("unseen", IconSet.UNSEEN, perClass);
    }

    private static Path pictures(String name, List<IconSet> sets, int perClass) {
        BuildOptions options = BuildOptions.evaluation(sets, perClass, SEED);
        String fingerprint = options.fingerprint().substring(0, FINGERPRINT);
        Path folder = folder(name, "-" + fingerprint);
        try (ProgressBar progress = ProgressBar.open()) {
            DatasetBuilder.build(options, folder, progress);
        }
        return folder;
    }

    /** Pictures of prompts, on which Im.Aug is trained. */
    static Path synthesized(List<String> classes) {
        Path folder = folder("synthesized", "");
        PromptSample sample = new PromptSample(classes, SYNTHESIZED, SEED);
        try (ProgressBar progress = ProgressBar.open();
                ImageSynthesizer synthesizer = IconWorldSynthesizer.of(classes, IMAGE_SIZE, progress)) {
            PictureFolder.fill(folder, sample, synthesizer, progress.withPart("pictures for Im.Aug"));
        }
        return folder;
    }

    private static Path folder(String name, String end) {
        return CacheFolder.ofUser().resolve("icon-world-" + name + "-java" + Rasteriser.version() + end);
    }
}
