package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Classification;
import dev.clap4j.Prediction;
import dev.clap4j.StoppedException;
import dev.clap4j.UnreadableImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.dataset.FileSource;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.ClassPrompts;
import dev.clap4j.prompt.PromptLanguage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clap classify}: which of some classes images show. */
@Command(
        name = "classify",
        description = {
            "Say which of your classes each image shows.",
            "Rows are printed as they are ready, and stay when the command is stopped. Images that cannot be"
                    + " read are listed and left out, and the exit code is then 1, unless they are to be skipped."
        },
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Option(
            names = "--alpha",
            paramLabel = "A|auto",
            description = "The head's alpha: a number, or auto: chosen from the prompts and the unlabelled images"
                    + " (default: the value saved with the head).")
    private String alpha;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private TemplateOptions templates;

    @Mixin
    private ShownClassesOption shown;

    @Mixin
    private SoftmaxOption softmax;

    @ArgGroup
    private FormatOption format = new FormatOption();

    @Mixin
    private SortingOption sorting;

    @Option(
            names = UnreadableOption.NAME,
            description = "Images that cannot be decoded do not make the exit code 1; they are listed and left out in"
                    + " any case.")
    private boolean skipUnreadable;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files, folders of images, tar archives (WebDataset), Parquet files, lists (.csv), or"
                    + " patterns such as 'photos/**.jpg' and 'shard-{000..009}.tar'.")
    private List<String> arguments;

    @Spec
    private CommandSpec spec;

    private final UnreadableOption.Images unreadable = new UnreadableOption.Images();
    private long images;

    private static final class FormatOption {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description =
                        "How to print the results: table (the default), json, jsonl (JSON Lines, an object for each"
                                + " image), or csv (RFC 4180).")
        private ClassifiedRows.Format format = ClassifiedRows.Format.TABLE;

        @Option(names = "--json", description = "The same as --format json.")
        private boolean json;
    }

    @Override
    public Integer call() {
        List<String> names = classes.required();
        List<String> labels = shown.labels(names);
        Optional<AlphaChoice> choice = alpha();
        PromptLanguage language = templates.language(head.read());
        ClassPrompts prompts = templates.prompts(names, language);
        List<ImageSource> files = sources();
        boolean allFound = unreadable.isEmpty();
        ClassifiedRows rows = ClassifiedRows.of(
                format.json ? ClassifiedRows.Format.JSON : format.format,
                spec.commandLine().getOut(),
                names(files),
                labels,
                sorting.given(),
                shown.isThreshold());
        boolean stopped = !files.isEmpty()
                && sorting.with(
                        labels,
                        folders -> classify(files, prompts, language, choice, image -> rows.add(row(image, folders))));
        boolean allRead = skipUnreadable ? allFound : unreadable.isEmpty();
        rows.end(unreadable, stopped);
        return stopped || !allRead ? Clap.FAILED : Clap.DONE;
    }

    /** The value of alpha, or that it is left open; empty for the head's own. */
    private Optional<AlphaChoice> alpha() {
        WrongUse.when(alpha != null && !head.given(), "--alpha applies to a head; give one with --head");
        Optional<AlphaChoice> choice =
                Optional.ofNullable(alpha).map(text -> WrongUse.checking(() -> AlphaChoice.parse(text)));
        WrongUse.when(choice.isPresent() && choice.get().values().size() > 1, "classify takes one alpha, not several");
        return choice;
    }

    private List<ImageSource> sources() {
        PrintWriter err = spec.commandLine().getErr();
        IgnoredFiles others = new IgnoredFiles();
        List<ImageSource> sources = new ArrayList<>();
        for (String argument : arguments) {
            try {
                List<ImageSource> found = ImageArguments.sources(argument, others);
                ImageSources.count(found); // A malformed one is left out.
                sources.addAll(found);
            } catch (ClapException e) {
                unreadable.addMissing(argument, e.getMessage(), err);
            }
        }
        others.summary().ifPresent(said -> err.println("clap: " + said));
        List<ImageSource> joined = ImageArguments.joined(sources);
        images = ImageSources.count(joined);
        if (sorting.given()) {
            joined.stream().filter(source -> !source.isOfFiles()).findFirst().ifPresent(source -> {
                throw new WrongUse(
                        "--sort-into copies image files, but those of " + source.path() + " are inside of it");
            });
        }
        return joined;
    }

    /** Names as wide as those to come: of all files, and of the first image in an archive. */
    private static List<Path> names(List<ImageSource> sources) {
        return sources.stream()
                .flatMap(source -> source instanceof FileSource some ? some.files().stream() : first(source).stream())
                .toList();
    }

    private static Optional<Path> first(ImageSource source) {
        try (ImageCursor images = source.open()) {
            return images.hasNext() ? Optional.of(Path.of(images.next().id())) : Optional.empty();
        }
    }

    /** The row of an image, which is sorted. */
    private ClassifiedRows.Row row(Classification image, Optional<ClassFolders> folders) {
        List<Prediction> best = shown.of(image);
        ClassifiedRows.Row row = new ClassifiedRows.Row(image.image(), best, Optional.empty());
        return folders.map(open -> open.put(Path.of(image.image()), row.label()))
                .map(row::sortedInto)
                .orElse(row);
    }

    /** Classifies all images that can be read; returns whether it was stopped before the last. */
    private boolean classify(
            List<ImageSource> files,
            ClassPrompts prompts,
            PromptLanguage language,
            Optional<AlphaChoice> choice,
            Consumer<Classification> rows) {
        PrintWriter err = spec.commandLine().getErr();
        try (ProgressBar progress = ProgressBar.open();
                ClipModel clip = model.load(err)) {
            clip.prepare();
            Optional<Head> trained = head.load(clip);
            Scoring own = Scoring.of(clip.checkpoint());
            Scoring scoring = softmax.isGiven(clip.checkpoint(), err) ? own.softmax() : own;
            Classifying classifying = new Classifying(clip, images, prompts, scoring, rows, unreadable, progress, err);
            if (trained.isEmpty()) {
                return classifying.run(files, UnaryOperator.identity());
            }
            try (CompiledHead compiled = CompiledHead.of(trained.get(), clip.engine())) {
                if (choice.isPresent() && choice.get().isAuto()) {
                    return classifying.run(files, compiled, language);
                }
                float weight = choice.map(one -> one.values().get(0))
                        .orElse(trained.get().info().alpha());
                return classifying.run(files, features -> compiled.apply(features, weight));
            }
        }
    }

    /** Classifies images batch by batch, and hands each result on; those that cannot be decoded are left out. */
    private record Classifying(
            ClipModel clip,
            long count,
            ClassPrompts prompts,
            Scoring scoring,
            Consumer<Classification> images,
            UnreadableOption.Images unreadable,
            ProgressBar progress,
            PrintWriter err) {
        /** Classifies images with a head, or the identity; returns whether it was stopped before the last. */
        boolean run(List<ImageSource> files, UnaryOperator<FeatureMatrix> map) {
            ZeroShotClassifier classifier = classifier(map);
            return encode(files, batch -> classify(classifier, map.apply(batch)));
        }

        /** Classifies images with alpha chosen from all of them, so none is classified before all are encoded. */
        boolean run(List<ImageSource> files, CompiledHead head, PromptLanguage language) {
            List<FeatureMatrix> batches = new ArrayList<>();
            boolean stopped = encode(files, batches::add);
            if (!batches.isEmpty()) {
                FeatureMatrix all = FeatureMatrix.concat(batches);
                AlphaSelection selection = AlphaSelection.choose(
                        head::apply,
                        AlphaSelection.prompts(prompts.classes(), language, clip.texts()::encode),
                        all,
                        AlphaSelection.GRID);
                err.println("clap: " + selection.describe());
                UnaryOperator<FeatureMatrix> map = features -> head.apply(features, selection.alpha());
                classify(classifier(map), map.apply(all));
            }
            return stopped;
        }

        private ZeroShotClassifier classifier(UnaryOperator<FeatureMatrix> map) {
            ModelOption.warnOfLongTexts(clip.texts().tokenizer(), ClassFeatures.texts(prompts), err);
            FeatureMatrix classes =
                    ClassFeatures.of(prompts, texts -> map.apply(clip.texts().encode(texts)));
            return ZeroShotClassifier.of(classes, scoring);
        }

        private void classify(ZeroShotClassifier classifier, FeatureMatrix batch) {
            classifier.classify(batch).forEach(images);
        }

        /** Hands on the features of all images that can be decoded; returns whether it was stopped before the last. */
        private boolean encode(List<ImageSource> files, Consumer<FeatureMatrix> batches) {
            ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(true);
            Steps steps = Steps.begin(progress, "images", count);
            try (ImageCursor cursor = ImageSources.open(files);
                    EncodedImages<SourceImage> encoded = clip.images().stream(
                            cursor,
                            loading,
                            image -> image.pixels(clip.images().preprocessing(), loading.decoding()),
                            SourceImage::id,
                            steps)) {
                try {
                    encoded.forEachRemaining(batches);
                } finally {
                    List<UnreadableImage> skipped = encoded.skipped().stream()
                            .map(image -> new UnreadableImage(
                                    Path.of(image.image().id()), image.reason().getMessage()))
                            .toList();
                    unreadable.add(skipped, err, encoded.done());
                }
                return false;
            } catch (StoppedException e) {
                err.printf("clap: stopped; the rows of %d of %d images are printed%n", e.done(), e.steps());
                return true;
            } finally {
                progress.rest();
            }
        }
    }
}
