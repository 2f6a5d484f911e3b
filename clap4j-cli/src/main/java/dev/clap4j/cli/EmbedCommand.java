package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.UnreadableImage;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.feature.FeatureShards;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorRef;
import dev.clap4j.internal.io.UnfinishedFeatures;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    @Option(
            names = "--shard",
            paramLabel = "N",
            description =
                    "Write a file for every N images, NAME-00001.npy, NAME-00002.npy, …, so that memory is bounded"
                            + " and --resume continues after the last one.")
    private Integer shard;

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
                description =
                        "Images: files, folders with images in them at any depth, tar archives (WebDataset), Parquet"
                                + " files, lists (.csv), or patterns such as 'shard-{000..009}.tar'.")
        private List<String> images;

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
        if (shard != null) {
            return "finished shards are kept";
        }
        Path unfinished = UnfinishedFeatures.of(out).file();
        return Files.exists(unfinished) ? "the finished features are kept in " + unfinished : "nothing is kept";
    }

    @Override
    public boolean isBegun() {
        return shard != null
                ? new FeatureShards(out, shard).isBegun()
                : Files.exists(UnfinishedFeatures.of(out).file());
    }

    @Override
    public void run() {
        WrongUse.checking(() -> FeatureFiles.checkEnding(out));
        WrongUse.when(shard != null && what.images == null, "--shard is about images; leave it out");
        WrongUse.when(shard != null && shard < 1, "--shard takes a number of images, at least 1");
        alpha.check(headOption.given());
        Optional<TensorRef> prepared = WrongUse.checking(what::prepared);
        PrintWriter err = output.err();
        List<ImageSource> images = what.images == null ? List.of() : ImageArguments.sources(what.images, err);
        long count = ImageSources.count(images);
        List<String> texts = what.texts == null ? List.of() : TokenizeCommand.lines(what.texts);
        try (ProgressBar progress = ProgressBar.open();
                ClipModel model = modelOption.load(err)) {
            Optional<Head> head = headOption.load(model);
            UnaryOperator<FeatureMatrix> map = encoded -> {
                FeatureMatrix features =
                        head.map(given -> given.apply(encoded, alpha.of(given))).orElse(encoded);
                return normalise ? features.normalised() : features;
            };
            Written written;
            if (shard == null) {
                FeatureMatrix encoded = encode(model, prepared, images, count, texts, progress);
                progress.rest();
                FeatureMatrix features = map.apply(encoded);
                FeatureFiles.save(features, out);
                UnfinishedFeatures.of(out).delete();
                written = Written.of(features, out);
            } else {
                String settings = head.map(given -> given.fingerprint() + ", alpha " + alpha.of(given))
                                .orElse("no head")
                        + (normalise ? ", normalised" : "")
                        + (unreadable.isSkipped() ? ", without unreadable images" : "");
                written = writeShards(model, images, count, map, settings, progress);
                progress.rest();
            }
            unreadable.print(output, written, written);
        }
    }

    private FeatureMatrix encode(
            ClipModel clip,
            Optional<TensorRef> prepared,
            List<ImageSource> images,
            long count,
            List<String> texts,
            Progress progress) {
        if (what.pixels != null) {
            return PreparedInputs.encodePixels(clip, prepared.orElseThrow().read());
        }
        if (what.tokens != null) {
            return PreparedInputs.encodeTokens(clip, prepared.orElseThrow().read());
        }
        if (what.images != null) {
            return encodeImages(clip, images, count, progress);
        }
        ModelOption.warnOfLongTexts(clip.texts().tokenizer(), texts, output.err());
        return encodeTexts(clip, texts, progress);
    }

    /** Returns the features of images; if stopped, finished ones are kept, and a later run resumes after them. */
    private FeatureMatrix encodeImages(ClipModel clip, List<ImageSource> sources, long count, Progress progress) {
        UnfinishedFeatures unfinished = UnfinishedFeatures.of(out);
        String encoder = encoder(clip);
        ImageRows rows = new ImageRows(resume ? unfinished.load(encoder) : Map.of());
        try (ImageCursor images = ImageSources.open(sources)) {
            Steps steps = Steps.begin(progress, "images", count);
            rows.add(clip.images(), images, Long.MAX_VALUE, steps, unreadable, output.err());
        } catch (StoppedException e) {
            keep(unfinished, encoder, rows.finished());
            throw e;
        }
        return requireSome(rows.matrix(clip.embedDim()), count);
    }

    private static String encoder(ClipModel clip) {
        return clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint()) + ", "
                + clip.engine().precision();
    }

    private static FeatureMatrix requireSome(FeatureMatrix features, long count) {
        if (features.rows() == 0) {
            throw new ClapException("None of the " + count + " images can be decoded; nothing was written");
        }
        return features;
    }

    private static void keep(UnfinishedFeatures unfinished, String encoder, Map<String, float[]> rows) {
        if (rows.isEmpty()) {
            throw new ClapException("Stopped before any feature was finished; nothing was written");
        }
        unfinished.save(encoder, rows);
    }

    /** Writes the features of images in shards, without those that are there. */
    private Written writeShards(
            ClipModel clip,
            List<ImageSource> sources,
            long count,
            UnaryOperator<FeatureMatrix> map,
            String settings,
            Progress progress) {
        FeatureShards shards = new FeatureShards(out, shard);
        String paths = sources.stream().map(source -> source.path().toString()).collect(Collectors.joining(", "));
        shards.begin(
                String.join("\n", encoder(clip), settings, shard + " images a shard, " + count + " in all", paths),
                resume);
        Steps steps = Steps.begin(progress, "images", count);
        int written = 0;
        int dim = clip.embedDim();
        int number = 0;
        try (ImageCursor images = ImageSources.open(sources)) {
            while (images.hasNext()) {
                number++;
                Optional<List<String>> ids = shards.ids(number);
                if (ids.isPresent()) {
                    pass(images, ids.get(), shards.file(number), steps);
                    written += ids.get().size();
                } else {
                    ImageRows rows = new ImageRows(Map.of());
                    rows.add(clip.images(), images, shard, steps, unreadable, output.err());
                    FeatureMatrix features = rows.matrix(dim);
                    FeatureMatrix mapped = features.rows() == 0 ? features : map.apply(features);
                    shards.save(number, mapped);
                    written += mapped.rows();
                }
            }
        }
        String files = number == 1
                ? shards.file(1).toString()
                : shards.file(1) + " … " + shards.file(number).getFileName();
        return new Written(written, dim, files);
    }

    /** Goes past the images of a shard that is there. */
    private void pass(ImageCursor images, List<String> ids, Path file, Steps steps) {
        int found = 0;
        List<UnreadableImage> leftOut = new ArrayList<>();
        int passed = 0;
        for (; passed < shard && images.hasNext(); passed++) {
            String id = images.next().id();
            if (found < ids.size() && ids.get(found).equals(id)) {
                found++;
            } else {
                leftOut.add(new UnreadableImage(Path.of(id), id + " was left out when " + file + " was written"));
            }
        }
        if (found < ids.size()) {
            throw new ClapException(
                    file + " is of other images: " + Names.brief(ids.get(found)) + " is not among them");
        }
        unreadable.images().add(leftOut, output.err(), passed);
        steps.advance(passed);
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

    /** Returns the features of texts; if stopped, finished ones are kept, and a later run resumes after them. */
    private FeatureMatrix encodeTexts(ClipModel clip, List<String> texts, Progress progress) {
        UnfinishedFeatures unfinished = UnfinishedFeatures.of(out);
        String encoder = clip.checkpoint().fingerprint() + ", texts";
        Map<String, float[]> rows = new LinkedHashMap<>();
        if (resume) {
            Map<String, float[]> kept = unfinished.load(encoder);
            texts.forEach(text -> Optional.ofNullable(kept.get(text)).ifPresent(row -> rows.put(text, row)));
        }
        try {
            addTexts(clip, texts, rows, progress);
        } catch (StoppedException e) {
            keep(unfinished, encoder, rows);
            throw e;
        }
        return FeatureMatrix.ofRows(
                texts, clip.embedDim(), texts.stream().map(rows::get).toList());
    }
}
