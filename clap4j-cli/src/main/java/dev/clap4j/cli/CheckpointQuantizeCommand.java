package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Precision;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Agreement;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.CosineSummary;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.prompt.ClassNames;
import dev.clap4j.prompt.PromptStyle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap checkpoint quantize}: what a checkpoint loses in 8-bit integers. */
@Command(
        name = "quantize",
        description = {
            "Quantises a checkpoint to 8-bit integers in memory and compares its features with those of full precision.",
            "Classes are the names of the images' folders unless they are given; nothing is written."
        },
        mixinStandardHelpOptions = true)
final class CheckpointQuantizeCommand implements Runnable {
    @Mixin
    private CheckpointOption checkpoint;

    @Option(
            names = "--images",
            paramLabel = "DIR|FILE",
            arity = "1..*",
            description = "Images to compare on, at any depth (default: a few drawn pictures).")
    private List<Path> images = List.of();

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private Output output;

    @Override
    public void run() {
        PrintWriter err = output.err();
        List<Path> files = unreadable.readable(ImageArguments.list(images, err), err);
        if (files.isEmpty() && !images.isEmpty()) {
            throw new ClapException("None of the images can be decoded; there is nothing to compare on");
        }
        List<String> texts = texts(files);
        Checkpoint opened = checkpoint.open(err);
        try (ClipModel exact = ClipModel.of(opened, OrtEngine.create(), Overflow.TRUNCATE);
                ClipModel quantised =
                        ClipModel.of(opened, OrtEngine.create().withPrecision(Precision.INT8), Overflow.TRUNCATE);
                ProgressBar progress = ProgressBar.open()) {
            Agreement agreement = files.isEmpty()
                    ? Agreement.onDrawings(exact, quantised, texts)
                    : Agreement.onFiles(exact, quantised, files, texts, progress);
            progress.rest();
            print(agreement);
        }
    }

    private List<String> texts(List<Path> files) {
        List<String> names = classes.names().orElseGet(() -> files.stream()
                .map(file -> file.toAbsolutePath().normalize().getParent().getFileName())
                .map(folder -> ClassNames.fromFolder(String.valueOf(folder)))
                .distinct()
                .toList());
        if (names.size() > 1) {
            return names.stream().map(PromptStyle.PC::text).toList();
        }
        if (classes.names().isPresent()) {
            throw new WrongUse("One class alone is always the best one; name two or more");
        }
        return Agreement.PROMPTS;
    }

    private void print(Agreement agreement) {
        Table table = Table.of("int8 against fp32", "compared", "mean cosine", "least cosine");
        row(table, "image features", agreement.images());
        if (agreement.texts() != null) {
            row(table, "text features", agreement.texts());
        }
        unreadable.print(output, agreement, table);
        if (agreement.sameText() != null && !output.isJson()) {
            output.out()
                    .println(Table.cell(
                            "The best text is the same for %.2f %% of the images.", 100 * agreement.sameText()));
        }
    }

    private static void row(Table table, String what, CosineSummary similarity) {
        table.row(
                what,
                similarity.count(),
                Table.cell("%.5f", similarity.mean()),
                Table.cell("%.5f", similarity.least()));
    }
}
