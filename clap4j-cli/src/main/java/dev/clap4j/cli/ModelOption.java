package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code --model}, {@code --device} and {@code --precision}: the CLIP model and its engine. */
final class ModelOption {
    private static final int SHOWN = 60;

    @Mixin
    private CheckpointOption checkpoint;

    @Mixin
    private DeviceOption device;

    @Mixin
    private PrecisionOption precision;

    /** Opens the model; texts that are too long are truncated, see {@link #warnOfLongTexts}. */
    ClipModel load(PrintWriter err) {
        OrtEngine runner = engine(err);
        return ClipModel.of(open(runner, err), runner, Overflow.TRUNCATE);
    }

    /** Opens the checkpoint, and says what the precision of its engine costs. */
    Checkpoint open(OrtEngine runner, PrintWriter err) {
        Checkpoint opened = checkpoint.open(err);
        PrecisionOption.report(opened, runner, err);
        return opened;
    }

    /** Returns the name of the model as it was given, or the absolute path; empty for the mini CLIP. */
    String source() {
        return checkpoint.source();
    }

    OrtEngine engine(PrintWriter err) {
        return precision.applyTo(device.engine(err));
    }

    /** Says which texts the tokenizer will truncate. */
    static void warnOfLongTexts(ClipTokenizer tokenizer, List<String> texts, PrintWriter err) {
        List<String> tooLong = texts.stream().filter(tokenizer::overflows).toList();
        if (!tooLong.isEmpty()) {
            err.printf(
                    "clap: %d of %d texts have more than %d tokens and are truncated, the first is: %s%n",
                    tooLong.size(),
                    texts.size(),
                    tokenizer.contextLength(),
                    Names.line(Names.brief(tooLong.get(0), SHOWN)));
        }
    }
}
