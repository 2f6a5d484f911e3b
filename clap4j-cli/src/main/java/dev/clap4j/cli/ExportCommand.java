package dev.clap4j.cli;

import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.export.ClipExport;
import dev.clap4j.internal.export.ExportOptions;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.onnx.Operators;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.prompt.ClassPrompts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap export}: a model as ONNX files. */
@Command(
        name = "export",
        description = {
            "Write a model as ONNX files that run without clap4j.",
            "They are image.onnx, text.onnx and, if classes are given, classifier.onnx, which holds their"
                    + " text features. The metadata of the files say what else a program needs to know: preprocessing,"
                    + " labels, scale."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable, Interruptible {

    enum Features {
        NORMALISED,
        RAW
    }

    enum TargetRuntime {
        ANY(Operators.STANDARD),
        ORT(Operators.ONNX_RUNTIME);

        private final Operators operators;

        TargetRuntime(Operators operators) {
            this.operators = operators;
        }
    }

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private HeadOption headOption;

    @Mixin
    private HeadOption.Alpha alpha;

    @Mixin
    private PrecisionOption precision;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private TemplateOptions templates;

    @Option(
            names = "--features",
            defaultValue = "normalised",
            paramLabel = "normalised|raw",
            description = "Whether the encoders' features are divided by their length (default: ${DEFAULT-VALUE}).")
    private Features features;

    @Option(
            names = "--runtime",
            defaultValue = "any",
            paramLabel = "any|ort",
            description =
                    "What will run the files: any runtime, so that only operators of the ONNX standard are used, or"
                            + " ONNX Runtime, whose own attention is a little faster (default: ${DEFAULT-VALUE}).")
    private TargetRuntime runtime;

    @Option(
            names = "--preprocessing",
            description =
                    "Take images of any size, bytes [batch, height, width, 3], and resize, crop and normalise them"
                            + " in the graph.")
    private boolean preprocessing;

    @Mixin
    private SoftmaxOption softmax;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the files.")
    private Path out;

    @Mixin
    private Output output;

    record Written(String file, long bytes) {}

    @Override
    public String kept() {
        return "files that are finished are whole, others are not there";
    }

    @Override
    public void run() {
        PrintWriter err = output.err();
        alpha.check(headOption.given());
        Optional<ClassPrompts> prompts =
                classes.names().map(names -> templates.prompts(names, templates.language(headOption.read())));
        Checkpoint opened = checkpoint.open(err);
        if (precision.wanted() != Precision.FP16) { // which GPU will run the files is not known
            PrecisionOption.report(opened, precision.applyTo(OrtEngine.create()), err);
        }
        // What is baked in is computed once, so in full precision.
        try (ClipModel clip = ClipModel.of(opened, OrtEngine.create(), Overflow.TRUNCATE)) {
            Optional<Head> head = headOption.load(clip);
            float headAlpha = head.map(alpha::of).orElse(0f);
            ExportOptions options = new ExportOptions(
                    precision.wanted(),
                    runtime.operators,
                    features == Features.NORMALISED,
                    preprocessing,
                    softmax.isGiven(opened, err));
            ClipExport export = ClipExport.of(opened, head, headAlpha, options);
            Optional<FeatureMatrix> texts = prompts.map(given -> texts(clip, given, head, headAlpha));
            try (ProgressBar progress = ProgressBar.open()) {
                List<Path> files = export.all(out, texts, progress);
                progress.rest();
                print(files);
            }
        }
    }

    private FeatureMatrix texts(ClipModel clip, ClassPrompts prompts, Optional<Head> head, float headAlpha) {
        ModelOption.warnOfLongTexts(clip.texts().tokenizer(), ClassFeatures.texts(prompts), output.err());
        if (head.isEmpty()) {
            return ClassFeatures.of(prompts, clip.texts()::encode);
        }
        try (CompiledHead compiled = CompiledHead.of(head.get(), clip.engine())) {
            return ClassFeatures.of(
                    prompts, texts -> compiled.apply(clip.texts().encode(texts), headAlpha));
        }
    }

    private void print(List<Path> files) {
        List<Written> written = files.stream()
                .map(file -> new Written(file.toString(), file.toFile().length()))
                .toList();
        Table table = Table.of("File", "MB");
        written.forEach(file -> table.row(file.file(), Table.cell("%.1f", file.bytes() / 1e6)));
        output.print(written, table);
    }
}
