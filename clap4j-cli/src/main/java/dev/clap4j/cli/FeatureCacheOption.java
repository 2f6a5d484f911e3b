package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.run.Steps;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --cache} and {@code --no-cache}: the cache of image features. */
final class FeatureCacheOption {
    @Option(names = "--no-cache", description = "Neither use nor keep image features from one run to the next.")
    private boolean noCache;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where image features are kept (default: $CLAP4J_CACHE, else $XDG_CACHE_HOME/clap4j, else"
                    + " ~/.cache/clap4j).")
    private Path cache;

    /** Refuses a folder for what is not kept. */
    void check() {
        WrongUse.when(noCache && cache != null, "--cache keeps image features, --no-cache none; give one of them");
    }

    /** Returns a clause on the rows kept when encoding is stopped. */
    String kept() {
        return noCache ? "nothing is kept" : "the features of finished images are in the cache";
    }

    /** The features of all images, {@code [n, D]}, in the order of {@link Dataset#files}, not normalised. */
    FeatureMatrix encode(ClipModel clip, LabelledInput input, PrintWriter err) {
        List<Path> files = input.dataset().files();
        try (ProgressBar progress = ProgressBar.open();
                Warnings warnings = new Warnings(err)) {
            if (noCache) {
                Steps steps = Steps.begin(progress, "images", files.size());
                return input.sources().map(images -> images.encode(clip, steps)).orElseGet(() -> clip.images()
                        .encode(files, steps));
            }
            FeatureCache kept = new FeatureCache(cache == null ? CacheFolder.ofUser() : cache, warnings);
            return input.sources()
                    .map(images -> kept.encode(clip, images, progress))
                    .orElseGet(() -> kept.encode(clip, files, progress));
        }
    }
}
