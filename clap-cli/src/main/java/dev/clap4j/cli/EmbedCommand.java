package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.clip.PreparedInputs;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.image.ImageFiles;
import dev.clap4j.io.TensorRef;
import java.io.PrintWriter;
import java.nio.file.Path;
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
        description = "Encode images or texts, with or without a head, and write their features to a file.",
        mixinStandardHelpOptions = true)
final class EmbedCommand implements Runnable {
    @Mixin
    private ModelOption modelOption;

    @Mixin
    private HeadOption headOption;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The strength of the head (default: what the head was saved with).")
    private Float alpha;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the features go: .safetensors, .npy or .jsonl.")
    private Path out;

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
    }

    @Override
    public void run() {
        FeatureFiles.checkEnding(out);
        try (ClipModel model = modelOption.load(spec.commandLine().getErr())) {
            Optional<Head> head = headOption.load(model);
            FeatureMatrix features = encode(model);
            if (head.isPresent()) {
                float strength = alpha != null ? alpha : head.get().info().alpha();
                features = head.get().apply(features, strength);
            } else if (alpha != null) {
                throw new ClapException("--alpha is the strength of a head; give one with --head");
            }
            FeatureFiles.save(normalise ? features.normalised() : features, out);
            report(features);
        }
    }

    private FeatureMatrix encode(ClipModel model) {
        if (what.pixels != null) {
            return PreparedInputs.encodePixels(
                    model, TensorRef.parse(what.pixels).read());
        }
        if (what.tokens != null) {
            return PreparedInputs.encodeTokens(
                    model, TensorRef.parse(what.tokens).read());
        }
        return what.texts != null ? encodeTexts(model) : encodeImages(model);
    }

    private FeatureMatrix encodeTexts(ClipModel model) {
        List<String> texts = TextLines.read(what.texts);
        ModelOption.warnOfLongTexts(
                model.texts().tokenizer(), texts, spec.commandLine().getErr());
        try (Progress progress = Progress.start("Texts", texts.size())) {
            return model.texts().encode(texts, progress::step);
        }
    }

    private FeatureMatrix encodeImages(ClipModel model) {
        List<Path> files = what.images.stream()
                .flatMap(path -> ImageFiles.list(path).stream())
                .toList();
        try (Progress progress = Progress.start("Images", files.size())) {
            return model.images().encode(files, progress::step);
        }
    }

    private void report(FeatureMatrix features) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(output, Map.of("rows", features.rows(), "dim", features.dim(), "file", out.toString()));
        } else {
            output.printf("%d features of %d numbers → %s%n", features.rows(), features.dim(), out);
        }
    }
}
