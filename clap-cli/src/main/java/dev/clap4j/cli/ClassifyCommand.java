package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.classify.AlphaChoice;
import dev.clap4j.classify.AlphaSelection;
import dev.clap4j.classify.Prediction;
import dev.clap4j.classify.ZeroShotClassifier;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.CompiledHead;
import dev.clap4j.head.Head;
import dev.clap4j.image.ImageLoading;
import dev.clap4j.prompt.ClassNames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
            "Say which of some classes each image shows.",
            "Images that cannot be read are reported and left out, and the exit code is 1 in the end."
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

    @Mixin
    private JsonOption json;

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

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files, folders of images, or patterns such as 'photos/**.jpg'.")
    private List<String> arguments;

    @Spec
    private CommandSpec spec;

    private boolean allRead = true;

    /** The result for an image, as JSON shows it. */
    record Classified(String image, List<Prediction> classes) {}

    @Override
    public Integer call() {
        List<String> names = ClassNames.parse(classes);
        if (top < 1) {
            throw new ClapException("The number of best classes should be at least 1, not " + top);
        }
        List<Path> files = files();
        List<Classified> results = new ArrayList<>();
        if (!files.isEmpty()) {
            try (ClipModel clip = model.load(spec.commandLine().getErr())) {
                clip.prepare();
                Optional<Head> trained = head.load(clip);
                AlphaChoice choice = alpha.resolve(spec.commandLine(), trained).orElse(null);
                if (choice != null && choice.values().size() > 1) {
                    throw new ParameterException(spec.commandLine(), "classify takes one alpha, not several");
                }
                if (trained.isPresent()) {
                    try (CompiledHead compiled = trained.get().compile(clip.engine())) {
                        results.addAll(classify(clip, names, files, compiled, choice));
                    }
                } else {
                    results.addAll(classify(clip, names, files, null, null));
                }
            }
        }
        print(results);
        return allRead ? Clap.DONE : Clap.FAILED;
    }

    private List<Path> files() {
        Set<Path> files = new LinkedHashSet<>();
        for (String argument : arguments) {
            try {
                files.addAll(ImageArguments.find(argument));
            } catch (ClapException e) {
                allRead = false;
                spec.commandLine().getErr().println("clap: " + e.getMessage());
            }
        }
        return List.copyOf(files);
    }

    private List<Classified> classify(
            ClipModel clip, List<String> names, List<Path> files, CompiledHead compiled, AlphaChoice choice) {
        FeatureMatrix images = encode(clip, files);
        if (images.rows() == 0) {
            return List.of();
        }
        Method method = method(clip, names, images, compiled, choice);
        FeatureMatrix texts = ClassTexts.encode(
                clip, names, templates, method, spec.commandLine().getErr());
        List<List<Prediction>> best =
                ZeroShotClassifier.of(texts, clip.checkpoint().expLogitScale()).top(method.apply(images), top);
        List<Classified> results = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            results.add(new Classified(images.ids().get(i), best.get(i)));
        }
        return results;
    }

    private FeatureMatrix encode(ClipModel clip, List<Path> files) {
        try (Progress progress = Progress.start("images", files.size())) {
            ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(true);
            FeatureMatrix images = clip.images().encode(files, loading, progress::step);
            Set<String> read = Set.copyOf(images.ids());
            reportUnreadable(files.stream()
                    .filter(file -> !read.contains(file.toString()))
                    .toList());
            return images;
        }
    }

    /** The log has said of each why; this says how it ends. */
    private void reportUnreadable(List<Path> images) {
        if (!images.isEmpty()) {
            allRead = false;
            spec.commandLine()
                    .getErr()
                    .println("clap: left out " + images.size() + (images.size() == 1 ? " image" : " images")
                            + " that cannot be read: " + images.get(0) + (images.size() == 1 ? "" : ", …"));
        }
    }

    private Method method(
            ClipModel clip, List<String> names, FeatureMatrix images, CompiledHead compiled, AlphaChoice choice) {
        if (compiled == null) {
            return Method.CLIP;
        }
        if (!choice.isAuto()) {
            return Method.clap(compiled::apply, choice.values().get(0));
        }
        AlphaSelection selection = AlphaSelection.choose(
                compiled::apply, AlphaSelection.prompts(names, clip.texts()::encode), images, AlphaSelection.GRID);
        spec.commandLine().getErr().println("clap: " + ZeroshotTable.chosen(selection));
        return Method.clap(compiled::apply, selection.alpha());
    }

    private void print(List<Classified> results) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, results);
            return;
        }
        if (results.isEmpty()) {
            return;
        }
        Table table = Table.of("Image", "Class", "Probability");
        for (Classified result : results) {
            String image = result.image();
            for (Prediction prediction : result.classes()) {
                String percent = String.format(Locale.ROOT, "%.2f %%", 100 * prediction.probability());
                table.row(image, prediction.className(), percent);
                image = "";
            }
        }
        out.println(table);
    }
}
