package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.iconworld.IconWorld;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.pretraining.CaptionedFolder;
import dev.clap4j.pretraining.ClipPretrainer;
import dev.clap4j.pretraining.PretrainOptions;
import dev.clap4j.pretraining.PretrainResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap pretrain}: a CLIP model from images with captions. */
@Command(
        name = "pretrain",
        description = "Train a CLIP model from scratch, on images with captions.",
        mixinStandardHelpOptions = true)
final class PretrainCommand implements Callable<Integer>, Interruptible {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR|iconworld",
            description = "A folder of images with their captions in captions.jsonl, a line"
                    + " {\"image\": \"relative/path.png\", \"caption\": \"…\"} for each; or iconworld, whose pictures are"
                    + " drawn as they are needed.")
    private String data;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "The vocabulary: a tokenizer.json, or OpenAI's bpe_simple_vocab_16e6.txt.gz (default: one is"
                    + " learned from the captions).")
    private Path tokenizer;

    @Mixin
    private PretrainingOptions training;

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Mixin
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public String kept() {
        return run.kept();
    }

    @Override
    public String kept(StoppedException stopped) {
        return run.kept(stopped, "pre-training", "steps");
    }

    @Override
    public boolean isBegun() {
        return run.isBegun();
    }

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        PretrainResult result = train();
        report(result, (System.nanoTime() - begin) / 1e9);
        return Clap.DONE;
    }

    private PretrainResult train() {
        try (ProgressBar progress = ProgressBar.logging(spec.commandLine().getErr())) {
            PretrainOptions options = training.resolve();
            return new ClipPretrainer(options, source(options, progress), Optional.ofNullable(tokenizer))
                    .train(run.folder(), run.start(), CommandLineText.of(spec), progress);
        }
    }

    /** The kind of {@code --data}. */
    private CaptionedImages source(PretrainOptions options, Progress progress) {
        int imageSize = options.architecture().vision().imageSize();
        if (data.equals("iconworld")) {
            long samples = (long) options.steps() * options.batchSize();
            return IconWorld.of(Concept.ALL.size(), imageSize, samples, options.seed(), progress);
        }
        CaptionedFolder folder = CaptionedFolder.open(Path.of(data), imageSize, options.seed());
        return unreadable.readable(folder, spec.commandLine().getErr());
    }

    private void report(PretrainResult result, double seconds) {
        PrintWriter output = spec.commandLine().getOut();
        if (json.wanted()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("outcome", "all_steps");
            facts.put("model", result.model().toString());
            facts.put("steps", result.steps());
            facts.put("loss", Double.isNaN(result.loss()) ? null : result.loss());
            facts.put("images_per_second", result.imagesPerSecond());
            facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
            unreadable.print(output, facts);
            return;
        }
        Table table = Table.of("run", "value");
        table.row("model", result.model());
        table.row("steps", result.steps());
        table.row("loss", String.format(Locale.ROOT, "%.4f", result.loss()));
        table.row("images/s", String.format(Locale.ROOT, "%.0f", result.imagesPerSecond()));
        table.row("minutes", String.format(Locale.ROOT, "%.1f", seconds / 60));
        output.println(table);
        unreadable.note(output);
    }
}
