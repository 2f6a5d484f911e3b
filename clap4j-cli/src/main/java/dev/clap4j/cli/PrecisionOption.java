package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.KnownAgreement;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --precision}: the precision of the encoders. */
final class PrecisionOption {
    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "fp32|int8",
            description = "How exactly the encoders compute: int8 is faster and less exact, and says how much less"
                    + " (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    Precision wanted() {
        return precision;
    }

    Engine applyTo(OrtEngine engine) {
        return engine.withPrecision(precision);
    }

    void report(Checkpoint checkpoint, PrintWriter err) {
        if (precision == Precision.FP32) {
            return;
        }
        KnownAgreement known = new KnownAgreement(CacheFolder.ofUser());
        if (!known.knows(checkpoint)) {
            err.println("clap: measuring how nearly int8 agrees with fp32, once for this model …");
        }
        err.println("clap: int8 against fp32, on drawn pictures: " + known.of(checkpoint)
                + " (on yours: clap checkpoint quantize --images)");
    }
}
