package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.source.ModelPath;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.search.IndexInfo;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --model}, {@code --head} and {@code --alpha} of a search: by default those that the index was made with. */
final class IndexModelOption {
    @Option(
            names = "--model",
            paramLabel = "DIR|FILE|NAME",
            description =
                    "The CLIP checkpoint of the index if it has moved: a folder, a file, or the name of a model to"
                            + " download, see clap models (default: the one that the index was made with, where it was then).")
    private String name;

    @Mixin
    private GeometryOption geometry;

    @Mixin
    private DeviceOption device;

    @Mixin
    private PrecisionOption precision;

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description = "The CLAP head of the index if it has moved (default: the one that the index was made with,"
                    + " where it was then).")
    private Path head;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The head's alpha; a search refuses any but that of the index (default: that of the index).")
    private Float alpha;

    /** Loads the model and head; the caller closes the result, which the search compares with the index. */
    Clip load(IndexInfo index, PrintWriter err) {
        Optional<Head> trained = head(index);
        WrongUse.when(
                alpha != null && trained.isEmpty(),
                "--alpha applies to a head, and the index was made without one; leave it out");
        OrtEngine runner = precision.applyTo(device.engine(err));
        Checkpoint opened =
                name == null ? ofIndex(index) : Checkpoint.open(NamedModel.find(name, err), geometry.hints());
        PrecisionOption.report(opened, runner, err);
        return ClipOption.join(
                ClipModel.of(opened, runner, Overflow.TRUNCATE), trained, alpha == null ? index.alpha() : alpha);
    }

    private Optional<Head> head(IndexInfo index) {
        if (head != null) {
            return Optional.of(Head.load(head));
        }
        if (index.headFingerprint().isEmpty()) {
            return Optional.empty();
        }
        if (index.headSource().isEmpty()) {
            throw new ClapException(
                    "The index was made with a head, and does not say which file that was; give it with --head");
        }
        Path file = Path.of(index.headSource());
        if (!Files.exists(file)) {
            throw new ClapException("The head of the index is no longer in " + file + "; give it with --head");
        }
        Head found = Head.load(file);
        if (!found.fingerprint().equals(index.headFingerprint())) {
            throw new ClapException(
                    "The head of the index was in " + file + ", where another one is now; give it with --head");
        }
        return Optional.of(found);
    }

    private Checkpoint ofIndex(IndexInfo index) {
        String source = index.modelSource();
        String made = "The index was made with the model " + index.modelName();
        Checkpoint opened;
        try {
            opened = source.isEmpty()
                    ? MiniClip.open(CacheFolder.ofUser())
                    : Checkpoint.open(onThisMachine(source, made), geometry.hints());
        } catch (ClapException e) {
            throw new ClapException(made + ", which cannot be opened: " + e.getMessage() + "; give it with --model", e);
        }
        if (!opened.fingerprint().equals(index.modelFingerprint())) {
            throw new ClapException(made + ", which is not "
                    + (source.isEmpty() ? "the one that comes with clap4j" : "what " + source + " is now")
                    + "; give it with --model");
        }
        return opened;
    }

    /** Finds the model of an index, whose maker may be a stranger: nothing is downloaded unless the user asks for it. */
    private static Path onThisMachine(String source, String made) {
        return ModelPath.cached(source)
                .orElseThrow(() -> new ClapException(
                        made + ", which is not on this machine; --model " + source + " downloads it, if you trust it"));
    }
}
