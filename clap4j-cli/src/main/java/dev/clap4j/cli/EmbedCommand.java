package dev.clap4j.cli;

import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.io.TensorRef;
import dev.clap4j.internal.io.UnfinishedFeatures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap embed}: features of images, texts or prepared inputs, to a file. */
@Command(
        name = "embed",
        description = {
            "Write the features of images or texts to a file.",
            "With a head, the features are those after the head. When the command is stopped, finished"
                    + " features are kept beside the file, and --resume continues from them."
        },
        mixinStandardHelpOptions = true)
final class EmbedCommand implements Runnable, Interruptible {
    @Mixin
    private ModelOption modelOption;

    @Mixin
    private HeadOption headOption;

    @Mixin
    private HeadAlphaOption alpha;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the features go: NAME.safetensors, NAME.npy (with a row's image or text a line in"
                    + " NAME.ids.txt) or NAME.jsonl.")
    private Path out;

    @Mixin
    private UnreadableOption unreadable;

    @Option(names = "--resume", description = "Go on from the features that a stopped run has kept.")
    private boolean resume;

    @Option(names = "--normalise", description = "Divide every feature by its length.")
    private boolean normalise;

    @Mixin
    private Output output;

    /** A file of features, as JSON shows it. */
    record Written(int rows, int dim, String file) {
        static Written of(FeatureMatrix features, Path file) {
            return new Written(features.rows(), features.dim(), file.toString());
        }

        @Override
        public String toString() {
            return String.format("%d features of %d numbers → %s", rows, dim, file);
        }
    }

    /** Exactly one of these. */
    private static final class What {
        @Option(
                names = "--images",
                paramLabel = "DIR|FILE",
                arity = "1..*",
                description = "Image files, or folders with images in them at any depth.")
        private List<Path> images;

        @Option(names = "--texts", paramLabel = "FILE", description = "A UTF-8 file with one text a line.")
        private Path texts;

        @Option(
                names = "--pixels",
                paramLabel = "FILE#NAME",
                description = "Prepared images: a tensor of normalised pixels, floats [n, 3, h, w].")
        private String pixels;

        @Option(
                names = "--tokens",
                paramLabel = "FILE#NAME",
                description =
                        "Prepared texts: a tensor of token ids, integers [n, length], padded after the end token.")
        private String tokens;

        /** Returns the tensor of prepared images or texts. */
        Optional<TensorRef> prepared() {
            return Optional.ofNullable(pixels == null ? tokens : pixels).map(TensorRef::parse);
        }
    }

    @Override
    public String kept() {
        Path unfinished = UnfinishedFeatures.of(out).file();
        return Files.exists(unfinished) ? "the finished features are kept in " + unfinished : "nothing is kept";
    }

    @Override
    public boolean isBegun() {
        return Files.exists(UnfinishedFeatures.of(out).file());
    }

    @Override
    public void run() {
        WrongUse.checking(() -> FeatureFiles.checkEnding(out));
        alpha.check(headOption.given());
        Optional<TensorRef> prepared = WrongUse.checking(what::prepared);
        PrintWriter err = output.err();
        List<Path> images = what.images == null ? List.of() : ImageArguments.list(what.images, err);
        List<String> texts = what.texts == null ? List.of() : TextLines.read(what.texts);
        try (ProgressBar progress = ProgressBar.open();
                ClipModel model = modelOption.load(err)) {
            Optional<Head> head = headOption.load(model);
            UnfinishedFeatures unfinished = UnfinishedFeatures.of(out);
            Embedding embedding = new Embedding(model, unfinished, resume, progress);
            FeatureMatrix encoded = encode(model, prepared, embedding, images, texts);
            progress.rest();
            FeatureMatrix features =
                    head.map(given -> given.apply(encoded, alpha.of(given))).orElse(encoded);
            FeatureFiles.save(normalise ? features.normalised() : features, out);
            unfinished.delete();
            Written written = Written.of(features, out);
            unreadable.print(output, written, written);
        }
    }

    private FeatureMatrix encode(
            ClipModel model, Optional<TensorRef> prepared, Embedding embedding, List<Path> images, List<String> texts) {
        if (what.pixels != null) {
            return PreparedInputs.encodePixels(model, prepared.orElseThrow().read());
        }
        if (what.tokens != null) {
            return PreparedInputs.encodeTokens(model, prepared.orElseThrow().read());
        }
        if (what.images != null) {
            return embedding.images(images, unreadable, output.err());
        }
        ModelOption.warnOfLongTexts(model.texts().tokenizer(), texts, output.err());
        return embedding.texts(texts);
    }
}
