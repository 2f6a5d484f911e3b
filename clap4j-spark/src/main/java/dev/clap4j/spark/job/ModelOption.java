package dev.clap4j.spark.job;

import dev.clap4j.ClipOptions;
import dev.clap4j.Precision;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.spark.ClapImages;
import picocli.CommandLine.Option;

/** {@code --model} and {@code --precision}: the CLIP model. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "DIR|FILE|NAME",
            defaultValue = MiniClip.NAME,
            description =
                    "The CLIP checkpoint, which all machines find by this name: a shared path, a file or archive that"
                            + " Spark distributes, or the name of a model to download (default: ${DEFAULT-VALUE}, trained on"
                            + " drawn icons).")
    private String name;

    @Option(
            names = "--precision",
            paramLabel = "fp32|int8",
            defaultValue = "fp32",
            description =
                    "How exactly the encoders compute; int8 is faster and less exact (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    String name() {
        return name;
    }

    /** Returns the options of the model; long texts are truncated, as by the command line. */
    ClipOptions options() {
        return ClipOptions.defaults().withTruncateTexts(true).withPrecision(precision);
    }

    /** Returns the transformer of pictures in a column. */
    ClapImages images(String column) {
        return ClapImages.of(name).withOptions(options()).withImageCol(column);
    }
}
