package dev.clap4j.cli;

import dev.clap4j.Precision;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.KnownAgreement;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --precision}: the precision of the encoders. */
final class PrecisionOption {
    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "fp32|fp16|int8",
            description = "How exactly the encoders compute: int8, on the processor, is faster; fp16, on a GPU, halves"
                    + " the weights. Both are less exact, and say how much less (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    Precision wanted() {
        return precision;
    }

    OrtEngine applyTo(OrtEngine engine) {
        return engine.withPrecision(precision);
    }

    /** Says what the precision of an engine costs a model. */
    static void report(Checkpoint checkpoint, OrtEngine engine, PrintWriter err) {
        Precision precision = engine.precision();
        if (precision == Precision.FP32) {
            return;
        }
        KnownAgreement known = new KnownAgreement(CacheFolder.ofUser());
        if (!known.knows(checkpoint, engine)) {
            err.println("clap: measuring how nearly " + precision + " agrees with fp32, once for this model …");
        }
        err.println("clap: " + precision + " against fp32, on drawn pictures: " + known.of(checkpoint, engine)
                + (precision == Precision.INT8 ? " (on yours: clap checkpoint quantize --images)" : ""));
    }
}
