package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --model}, {@code --activation} and {@code --heads}: the CLIP model; the bundled mini CLIP by default. */
final class CheckpointOption {
    /** The message if no model is given. */
    static final String EMBEDDED =
            "clap: no --model, so the mini CLIP that comes with clap4j is used (trained on drawn icons;"
                    + " real photographs need a real CLIP)";

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE|NAME",
            description =
                    "The CLIP checkpoint: a folder or a file in OpenAI's, Hugging Face's or open_clip's layout, or"
                            + " the name of a model to download, see clap models"
                            + " (default: the mini CLIP that comes with clap4j, trained on drawn icons).")
    private String name;

    @Mixin
    private GeometryOption geometry;

    /** Returns the name of the model as it was given, or the absolute path; empty for the mini CLIP. */
    String source() {
        if (name == null || !Files.exists(Path.of(name))) {
            return name == null ? "" : name;
        }
        return Path.of(name).toAbsolutePath().normalize().toString();
    }

    /** Opens it; says so if no model was given. */
    Checkpoint open(PrintWriter err) {
        if (name != null) {
            return Checkpoint.open(NamedModel.find(name, err), geometry.hints());
        }
        geometry.requireNone();
        return embedded(err);
    }

    /** Opens the mini CLIP, and says so. */
    static Checkpoint embedded(PrintWriter err) {
        Checkpoint mini = MiniClip.open(CacheFolder.ofUser());
        err.println(EMBEDDED);
        return mini;
    }
}
