package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Prediction;
import dev.clap4j.StoppedException;
import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.CompiledHead;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.UnreadableImage;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.ClassNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Mixin
    private AlphaOption alpha;

    @Mixin
    private TemplateOptions templates;

    @ArgGroup
    private Shape shape = new Shape();

    /** The output format. */
    private static final class Shape {
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

    @Option(
            names = "--threshold",
            defaultValue = "0",
            paramLabel = "P",
            description =
                    "Show only classes with at least this probability, from 0 to 1. An image without one is shown as"
                            + " '" + ClassifiedImage.NONE + "', in JSON by the label null.")
    private double threshold;

    @ArgGroup(exclusive = false)
    private Sorting sorting;

    /** The sorting of images. */
    private static final class Sorting {
        @Option(
                names = "--sort-into",
                required = true,
                paramLabel = "DIR",
                description =
                        "Copy each image into the folder of its class in DIR. Nothing is replaced: an image that is"
                                + " there already is skipped, and another one of the same name gets a new name.")
        private Path folder;

        @Option(names = "--link", description = "Link the images instead of copying them.")
        private boolean link;

        @Option(names = "--dry-run", description = "Only say where the images would be put.")
        private boolean dryRun;

        ClassFolders open(List<String> names) {
            ClassFolders.Way way = link ? ClassFolders.Way.LINK : ClassFolders.Way.COPY;
            return ClassFolders.open(folder, names, dryRun ? ClassFolders.Way.DRY_RUN : way);
        }
    }

    @Option(
            names = "--classes",
            required = true,
            paramLabel = "A,B,…",
            description = "The class names, with commas between them; one that has a comma stands in double quotes.")
    private String classes;

    @Option(
            names = "--top",
            defaultValue = "1",
            paramLabel = "K",
            description = "Show the K best classes (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = UnreadableOption.NAME,
            description = "Images that cannot be decoded do not make the exit code 1; they are listed and left out in"
                    + " any case.")
    private boolean skipUnreadable;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files, folders of images, or patterns such as 'photos/**.jpg'.")
    private List<String> arguments;

    @Spec
    private CommandSpec spec;

    private final UnreadableImages unreadable = new UnreadableImages();

    /** The target of sorted images; null for none. */
    private ClassFolders folders;

    @Override
    public Integer call() {
        List<String> names = ClassNames.parse(classes);
        ClassesOption.warnOfTwins(names, spec.commandLine().getErr());
        if (top < 1) {
            throw new ClapException("The number of best classes should be at least 1, not " + top);
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new ClapException("The threshold is a probability from 0 to 1, not " + threshold);
        }
        if (threshold > 0 && names.contains(ClassifiedImage.NONE)) {
            throw new ClapException("With a threshold, no class can be named \"" + ClassifiedImage.NONE + "\"");
        }
        List<Path> files = files();
        boolean allFound = unreadable.isEmpty();
        ClassifiedRows rows = rows(names, files);
        boolean stopped = !files.isEmpty() && sortAndClassify(names, files, rows);
        boolean allRead = skipUnreadable ? allFound : unreadable.isEmpty();
        rows.end(unreadable, stopped);
        return stopped || !allRead ? Clap.FAILED : Clap.DONE;
    }

    private ClassifiedRows rows(List<String> names, List<Path> files) {
        List<String> labels = new ArrayList<>(names);
        if (threshold > 0) {
            labels.add(ClassifiedImage.NONE);
        }
        return ClassifiedRows.of(
                shape.json ? ClassifiedRows.Format.JSON : shape.format,
                spec.commandLine().getOut(),
                files,
                labels,
                sorting != null,
                threshold > 0);
    }

    private boolean sortAndClassify(List<String> names, List<Path> files, ClassifiedRows rows) {
        if (sorting == null) {
            return classify(names, files, rows);
        }
        List<String> labels = new ArrayList<>(names);
        labels.add(ClassifiedImage.NONE);
        try (ClassFolders opened = sorting.open(labels)) {
            folders = opened;
            return classify(names, files, rows);
        } finally {
            if (folders != null) {
                spec.commandLine().getErr().println("clap: " + sorting.folder + ": " + folders.summary());
            }
        }
    }

    private List<Path> files() {
        PrintWriter err = spec.commandLine().getErr();
        IgnoredFiles others = new IgnoredFiles();
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            try {
                files.addAll(ImageArguments.find(argument, others));
            } catch (ClapException e) {
                unreadable.addMissing(argument, e.getMessage(), err);
            }
        }
        others.summary().ifPresent(said -> err.println("clap: " + said));
        return List.copyOf(files);
    }

    /** Prints the rows of all images that can be read; whether it was stopped before the last. */
    private boolean classify(List<String> names, List<Path> files, ClassifiedRows rows) {
        try (ProgressBar progress = ProgressBar.open();
                ClipModel clip = model.load(spec.commandLine().getErr())) {
            clip.prepare();
            Optional<Head> trained = head.load(clip);
            Optional<AlphaChoice> choice = alpha.resolve(spec.commandLine(), trained);
            if (choice.isPresent() && choice.get().values().size() > 1) {
                throw new ParameterException(spec.commandLine(), "classify takes one alpha, not several");
            }
            if (trained.isEmpty()) {
                return classify(clip, names, Method.CLIP, files, rows, progress);
            }
            try (CompiledHead compiled = trained.get().compile(clip.engine())) {
                if (choice.orElseThrow().isAuto()) {
                    return chooseAndClassify(clip, names, compiled, files, rows, progress);
                }
                Method method = Method.clap(
                        compiled::apply, choice.orElseThrow().values().get(0));
                return classify(clip, names, method, files, rows, progress);
            }
        }
    }

    private boolean classify(
            ClipModel clip,
            List<String> names,
            Method method,
            List<Path> files,
            ClassifiedRows rows,
            ProgressBar progress) {
        ZeroShotClassifier classifier = classifier(clip, names, method);
        return encode(clip, files, progress, images -> print(classifier, method, images, rows));
    }

    /** Alpha is chosen from all images, so none is classified before all are encoded. */
    private boolean chooseAndClassify(
            ClipModel clip,
            List<String> names,
            CompiledHead compiled,
            List<Path> files,
            ClassifiedRows rows,
            ProgressBar progress) {
        List<FeatureMatrix> batches = new ArrayList<>();
        boolean stopped = encode(clip, files, progress, batches::add);
        if (!batches.isEmpty()) {
            FeatureMatrix images = FeatureMatrix.concat(batches);
            AlphaSelection selection = AlphaSelection.choose(
                    compiled::apply, AlphaSelection.prompts(names, clip.texts()::encode), images, AlphaSelection.GRID);
            spec.commandLine().getErr().println("clap: " + ZeroshotTable.chosen(selection));
            Method method = Method.clap(compiled::apply, selection.alpha());
            print(classifier(clip, names, method), method, images, rows);
        }
        return stopped;
    }

    private ZeroShotClassifier classifier(ClipModel clip, List<String> names, Method method) {
        FeatureMatrix texts = ClassTexts.encode(
                clip, names, templates, method, spec.commandLine().getErr());
        return ZeroShotClassifier.of(texts, clip.checkpoint().expLogitScale());
    }

    private void print(ZeroShotClassifier classifier, Method method, FeatureMatrix images, ClassifiedRows rows) {
        List<List<Prediction>> best = classifier.top(method.apply(images), top);
        for (int i = 0; i < best.size(); i++) {
            String image = images.ids().get(i);
            List<Prediction> shown = best.get(i).stream()
                    .filter(prediction -> prediction.probability() >= threshold)
                    .toList();
            String label = shown.isEmpty() ? ClassifiedImage.NONE : shown.get(0).className();
            Optional<Path> placed = Optional.ofNullable(folders).map(opened -> opened.put(Path.of(image), label));
            rows.add(new ClassifiedImage(image, shown, placed));
        }
    }

    /** Hands on the features of all images that can be read, batch by batch; whether it was stopped before the last. */
    private boolean encode(ClipModel clip, List<Path> files, ProgressBar progress, Consumer<FeatureMatrix> batches) {
        try {
            encode(clip, files, Steps.begin(progress, "images", files.size()), batches);
            return false;
        } catch (StoppedException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf("clap: stopped; the rows of %d of %d images are printed%n", e.done(), e.steps());
            return true;
        } finally {
            progress.rest();
        }
    }

    private void encode(ClipModel clip, List<Path> files, Steps steps, Consumer<FeatureMatrix> batches) {
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(true);
        try (EncodedImages<Path> images = clip.images().stream(files, loading, steps)) {
            try {
                images.forEachRemaining(batches);
            } finally {
                unreadable.add(UnreadableImage.of(images.skipped()));
                unreadable.tell(spec.commandLine().getErr(), images.done());
            }
        }
    }
}
