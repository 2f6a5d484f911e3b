package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.GeometryHints;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A model and pictures of the user's own. The kind of a picture is its domain: nothing else is known of it. */
final class OwnWorld implements QuickstartWorld {
    @Option(names = "--model", required = true, paramLabel = "DIR|FILE", description = "A CLIP checkpoint of your own.")
    private Path model;

    @Option(
            names = "--seen",
            required = true,
            paramLabel = "DIR",
            description = "Its pictures, <domain>/<class>/<image>, by which α is chosen.")
    private Path seen;

    @Option(
            names = "--unseen",
            required = true,
            paramLabel = "DIR",
            description = "Other domains with the same classes, by which nothing is chosen.")
    private Path unseen;

    private GeometryHints hints = GeometryHints.NONE;

    /** The same world with what the model's weights cannot say. */
    OwnWorld with(GeometryHints others) {
        hints = others;
        return this;
    }

    @Override
    public Path seen() {
        return seen;
    }

    @Override
    public Path unseen() {
        return unseen;
    }

    @Override
    public Path features(Path work) {
        return work.resolve("features");
    }

    @Override
    public ClipModel model() {
        return ClipModel.of(Checkpoint.open(model, hints), OrtEngine.create(), Overflow.TRUNCATE);
    }

    @Override
    public String imageType(Path image) {
        Path fromRoot = unseen.toAbsolutePath().relativize(image.toAbsolutePath());
        return fromRoot.getName(0).toString();
    }
}
