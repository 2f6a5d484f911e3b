package dev.clap4j.spark.job;

import dev.clap4j.head.Head;
import dev.clap4j.internal.spark.HeadContent;
import dev.clap4j.spark.ClapImages;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --head} and {@code --alpha}: a trained head to put after the encoders. */
final class HeadOption {
    @Option(
            names = "--head",
            paramLabel = "FILE",
            description =
                    "The CLAP head to put after the encoder, read by the driver: ours (.safetensors) or the authors'"
                            + " (.pth).")
    private String file;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "The head's alpha (default: the value saved with the head).")
    private Float alpha;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec job;

    /** Refuses values that no head can have, and any without a head. */
    void check() {
        JobMain.wrongWhen(job, alpha != null && file == null, "--alpha applies to a head; give one with --head");
        JobMain.wrongWhen(
                job, alpha != null && !Float.isFinite(alpha), "--alpha should be a finite number, not " + alpha);
    }

    /** Returns the head, if one is given. */
    Optional<Head> read() {
        return Optional.ofNullable(file).map(name -> HeadContent.parse(name, HeadContent.read(name)));
    }

    /** Returns a transformer with the head, if one is given. */
    ClapImages applyTo(ClapImages images) {
        ClapImages headed = file == null ? images : images.withHead(file);
        return alpha == null ? headed : headed.withAlpha(alpha);
    }
}
