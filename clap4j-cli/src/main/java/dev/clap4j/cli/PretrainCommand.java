package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.iconworld.IconWorld;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.pretraining.CaptionedFolder;
import dev.clap4j.pretraining.ClipPretrainer;
import dev.clap4j.pretraining.PretrainHyperparameters;
import dev.clap4j.pretraining.PretrainOptions;
import dev.clap4j.pretraining.PretrainResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code clap pretrain}: a CLIP model from images with captions. */
@Command(
        name = "pretrain",
        description = "Train a CLIP model from scratch, on images with captions.",
        mixinStandardHelpOptions = true)
final class PretrainCommand implements Runnable {
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

    @Option(
            names = "--architecture",
            required = true,
            paramLabel = "NAME",
            completionCandidates = CheckpointRandomCommand.ClipNames.class,
            description = "One of ${COMPLETION-CANDIDATES}, or the path of an open_clip_config.json.")
    private String architecture;

    private final DeclaredOptions declared = DeclaredOptions.of(PretrainHyperparameters.chosen().stream(), Map.of());

    @Mixin
    final CommandSpec hyperparameters = declared.spec();

    @Mixin
    private UnreadableOption unreadable;

    @Mixin
    private RunOption run;

    @Mixin
    private Output output;

    @Override
    public void run() {
        long begin = System.nanoTime();
        PretrainResult result;
        try (ProgressBar progress = ProgressBar.logging(output.err())) {
            PretrainOptions options = options();
            result = new ClipPretrainer(options, source(options, progress), Optional.ofNullable(tokenizer))
                    .train(run.folder(), run.start(), output.command(), progress);
        }
        report(result, (System.nanoTime() - begin) / 1e9);
    }

    /** Resolves all options; a file that cannot be read is no wrong use. */
    private PretrainOptions options() {
        PretrainOptions base = architecture.endsWith(".json")
                ? PretrainOptions.of(architecture)
                : WrongUse.checking(() -> PretrainOptions.of(architecture));
        return WrongUse.checking(() -> base.with(declared.given()));
    }

    private CaptionedImages source(PretrainOptions options, Progress progress) {
        int imageSize = options.architecture().imageSize();
        if (data.equals("iconworld")) {
            long samples = (long) options.steps() * options.batchSize();
            return IconWorld.of(Concept.ALL.size(), imageSize, samples, options.seed(), progress);
        }
        CaptionedFolder folder = CaptionedFolder.open(Path.of(data), imageSize, options.seed());
        return unreadable.readable(folder, output.err());
    }

    private void report(PretrainResult result, double seconds) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "all_steps");
        facts.put("model", result.model().toString());
        facts.put("steps", result.steps());
        facts.put("loss", Double.isNaN(result.loss()) ? null : result.loss());
        facts.put("images_per_second", result.imagesPerSecond());
        facts.put("seconds", Math.round(seconds * 1000) / 1000.0);
        Table table = Table.of("run", "value")
                .row("model", result.model())
                .row("steps", result.steps())
                .row("loss", Table.cell("%.4f", result.loss()))
                .row("images/s", Table.cell("%.0f", result.imagesPerSecond()))
                .row("minutes", Table.cell("%.1f", seconds / 60));
        unreadable.print(output, facts, table);
    }
}
