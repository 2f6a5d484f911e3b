package dev.clap4j.cli;

import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorRef;
import dev.clap4j.internal.io.UnfinishedFeatures;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    private JsonOption json;

    @Spec
    private CommandSpec spec;

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
        OptionValues.check(spec.commandLine(), () -> FeatureFiles.checkEnding(out));
        alpha.check(headOption.given());
        Optional<TensorRef> prepared = OptionValues.of(spec.commandLine(), what::prepared);
        PrintWriter err = spec.commandLine().getErr();
        List<Path> images = what.images == null ? List.of() : ImageArguments.list(what.images, err);
        List<String> texts = what.texts == null ? List.of() : TextLines.read(what.texts);
        try (ProgressBar progress = ProgressBar.open();
                ClipModel model = modelOption.load(err)) {
            Optional<Head> head = headOption.load(model);
            UnfinishedFeatures unfinished = UnfinishedFeatures.of(out);
            Embedding embedding = new Embedding(model, unfinished, resume, progress);
            FeatureMatrix encoded = prepared.isPresent()
                    ? encode(model, prepared.get().read())
                    : encode(model, embedding, images, texts);
            progress.rest();
            FeatureMatrix features =
                    head.map(given -> given.apply(encoded, alpha.of(given))).orElse(encoded);
            FeatureFiles.save(normalise ? features.normalised() : features, out);
            unfinished.delete();
            report(features);
        }
    }

    private FeatureMatrix encode(ClipModel model, TensorData prepared) {
        return what.pixels == null
                ? PreparedInputs.encodeTokens(model, prepared)
                : PreparedInputs.encodePixels(model, prepared);
    }

    private FeatureMatrix encode(ClipModel model, Embedding embedding, List<Path> images, List<String> texts) {
        PrintWriter err = spec.commandLine().getErr();
        if (what.images != null) {
            return embedding.images(images, unreadable, err);
        }
        ModelOption.warnOfLongTexts(model.texts().tokenizer(), texts, err);
        return embedding.texts(texts);
    }

    private void report(FeatureMatrix features) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.wanted()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("rows", features.rows());
            facts.put("dim", features.dim());
            facts.put("file", out.toString());
            unreadable.print(output, facts);
        } else {
            output.printf("%d features of %d numbers → %s%n", features.rows(), features.dim(), out);
            unreadable.note(output);
        }
    }
}
