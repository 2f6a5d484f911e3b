package dev.clap4j.cli;

import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.dataset.DatasetBuilder;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.List;

/** The mini CLIP and pictures of icon world: the sets it was trained on, in other pictures, and sets it never saw. */
final class EmbeddedWorld implements QuickstartWorld {
    /** The default number of pictures per class and domain: 3234 of seen domains, 1848 of unseen ones. */
    static final int PER_CLASS = 6;

    private static final long SEED = 0;

    /** Letters enough to tell icon worlds apart. */
    private static final int FINGERPRINT = 8;

    private final Path cache;
    private final int perClass;

    /**
     * A world.
     *
     * @param cache where the model and the pictures are kept
     * @param perClass pictures of each class in each domain
     */
    EmbeddedWorld(Path cache, int perClass) {
        this.cache = cache;
        this.perClass = perClass;
    }

    @Override
    public Path seen() {
        return pictures("seen", IconSet.SEEN);
    }

    @Override
    public Path unseen() {
        return pictures("unseen", IconSet.UNSEEN);
    }

    private Path pictures(String name, List<IconSet> sets) {
        BuildOptions options = BuildOptions.evaluation(sets, perClass, SEED);
        String drawn =
                "java" + Rasteriser.version() + "-" + options.fingerprint().substring(0, FINGERPRINT);
        Path folder = cache.resolve("icon-world-" + name + "-" + drawn);
        try (ProgressBar progress = ProgressBar.open()) {
            DatasetBuilder.build(options, folder, progress);
        }
        return folder;
    }

    /** With the pictures, so that a second quickstart need not encode them again. */
    @Override
    public Path features(Path work) {
        return cache;
    }

    @Override
    public ClipModel model() {
        return ClipModel.of(MiniClip.open(cache), OrtEngine.create(), Overflow.TRUNCATE);
    }

    @Override
    public String imageType(Path image) {
        return DatasetBuilder.imageType(image).word();
    }
}
