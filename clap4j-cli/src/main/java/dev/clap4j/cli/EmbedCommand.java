package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.TensorRef;
import dev.clap4j.internal.io.UnfinishedFeatures;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
    /** Texts encoded together: a few seconds of work. */
    private static final int BLOCK = 1024;

    @Mixin
    private ModelOption modelOption;

    @Mixin
    private HeadOption headOption;

    @Mixin
    private HeadOption.Alpha alpha;

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

    record Written(int rows, int dim, String file) {
        static Written of(FeatureMatrix features, Path file) {
            return new Written(features.rows(), features.dim(), file.toString());
        }

        @Override
        public String toString() {
            return String.format("%d features of %d numbers → %s", rows, dim, file);
        }
    }

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
        List<String> texts = what.texts == null ? List.of() : TokenizeCommand.lines(what.texts);
        try (ProgressBar progress = ProgressBar.open();
                ClipModel model = modelOption.load(err)) {
            Optional<Head> head = headOption.load(model);
            FeatureMatrix encoded = encode(model, prepared, images, texts, progress);
            progress.rest();
            FeatureMatrix features =
                    head.map(given -> given.apply(encoded, alpha.of(given))).orElse(encoded);
            FeatureFiles.save(normalise ? features.normalised() : features, out);
            UnfinishedFeatures.of(out).delete();
            Written written = Written.of(features, out);
            unreadable.print(output, written, written);
        }
    }

    private FeatureMatrix encode(
            ClipModel clip, Optional<TensorRef> prepared, List<Path> images, List<String> texts, Progress progress) {
        if (what.pixels != null) {
            return PreparedInputs.encodePixels(clip, prepared.orElseThrow().read());
        }
        if (what.tokens != null) {
            return PreparedInputs.encodeTokens(clip, prepared.orElseThrow().read());
        }
        String weights = clip.checkpoint().fingerprint();
        if (what.images != null) {
            String encoder = weights + ", " + ClipImageModel.preprocessing(clip.checkpoint()) + ", "
                    + clip.engine().precision();
            List<String> paths = images.stream().map(Path::toString).toList();
            return encoded(paths, EmbedCommand::content, encoder, rows -> addImages(clip, images, rows, progress));
        }
        ModelOption.warnOfLongTexts(clip.texts().tokenizer(), texts, output.err());
        return encoded(
                texts, UnaryOperator.identity(), weights + ", texts", rows -> addTexts(clip, texts, rows, progress));
    }

    private void addImages(ClipModel clip, List<Path> files, Map<String, float[]> rows, Progress progress) {
        List<Path> todo = files.stream()
                .filter(file -> !rows.containsKey(file.toString()))
                .toList();
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(unreadable.isSkipped());
        Steps steps = Steps.begin(progress, "images", files.size(), rows.size());
        try (EncodedImages<Path> images = clip.images().stream(todo, loading, steps)) {
            try {
                images.forEachRemaining(batch -> add(rows, batch));
            } finally {
                unreadable.images().add(ImageBatches.Skipped.files(images.skipped()), output.err(), files.size());
            }
        }
    }

    /** Returns the identity of an image; unknown if it cannot be read, which the encoder reports. */
    private static String content(String image) {
        try {
            return FileDigests.ofUser().of(Path.of(image));
        } catch (ClapException e) {
            return "no content: " + image;
        }
    }

    private static void addTexts(ClipModel clip, List<String> texts, Map<String, float[]> rows, Progress progress) {
        List<String> todo = texts.stream()
                .distinct()
                .filter(text -> !rows.containsKey(text))
                .toList();
        Steps steps = Steps.begin(progress, "texts", rows.size() + todo.size(), rows.size());
        for (List<String> block : Blocks.of(todo, BLOCK)) {
            add(rows, clip.texts().encode(block, steps));
        }
    }

    private static void add(Map<String, float[]> rows, FeatureMatrix batch) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.put(batch.ids().get(i), batch.row(i));
        }
    }

    /**
     * Returns the rows of images or texts in their order; if stopped, finished rows are kept, and a later run resumes after them.
     *
     * @param key under which an unfinished row is kept
     * @param encoder of which unfinished rows must be
     * @param work adds the rows that are missing
     */
    private FeatureMatrix encoded(
            List<String> things, UnaryOperator<String> key, String encoder, Consumer<Map<String, float[]>> work) {
        UnfinishedFeatures unfinished = UnfinishedFeatures.of(out);
        Map<String, float[]> rows = new LinkedHashMap<>();
        if (resume) {
            Map<String, float[]> kept = unfinished.load(encoder);
            for (String thing : things) {
                Optional.ofNullable(kept.get(key.apply(thing))).ifPresent(row -> rows.put(thing, row));
            }
        }
        try {
            work.accept(rows);
        } catch (StoppedException e) {
            if (rows.isEmpty()) {
                throw new ClapException("Stopped before any feature was finished; nothing was written");
            }
            Map<String, float[]> kept = new LinkedHashMap<>();
            rows.forEach((thing, row) -> kept.put(key.apply(thing), row));
            unfinished.save(encoder, kept);
            throw e;
        }
        List<String> finished = things.stream().filter(rows::containsKey).toList();
        if (finished.isEmpty()) {
            throw new ClapException("None of the " + things.size() + " images can be decoded; nothing was written");
        }
        List<float[]> ordered = finished.stream().map(rows::get).toList();
        return FeatureMatrix.ofRows(finished, ordered.get(0).length, ordered);
    }
}
