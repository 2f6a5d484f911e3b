package dev.clap4j.cli;

import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.tokenizer.ClipTokenizer;
import dev.clap4j.tokenizer.Overflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --model} and {@code --engine}: which CLIP model, and what runs it. */
final class ModelOption {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|FILE",
            description = "The CLIP checkpoint: a folder or a file in OpenAI's, Hugging Face's or open_clip's layout.")
    private Path path;

    @Mixin
    private EngineOption engine;

    Path path() {
        return path;
    }

    /** The model; texts that are too long are truncated, see {@link #warnOfLongTexts}. */
    ClipModel load() {
        return ClipModel.of(Checkpoint.open(path), engine.create(), Overflow.TRUNCATE);
    }

    /** Says which texts the tokenizer will truncate. */
    static void warnOfLongTexts(ClipTokenizer tokenizer, List<String> texts, PrintWriter err) {
        List<String> tooLong = texts.stream().filter(tokenizer::overflows).toList();
        if (!tooLong.isEmpty()) {
            err.printf(
                    "clap: %d of %d texts have more than %d tokens and are truncated, the first is: %s%n",
                    tooLong.size(), texts.size(), tokenizer.contextLength(), tooLong.get(0));
        }
    }
}
