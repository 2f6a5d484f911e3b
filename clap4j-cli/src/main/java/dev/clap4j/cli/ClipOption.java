package dev.clap4j.cli;

import dev.clap4j.Clip;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** {@code --model}, {@code --head} and {@code --alpha}: a model with its head. */
final class ClipOption {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Mixin
    private HeadOption.Alpha alpha;

    /** Refuses an alpha without a head. */
    void check() {
        alpha.check(head.given());
    }

    /** Returns the absolute path of the head; empty without one. */
    String headSource() {
        return head.file()
                .map(file -> file.toAbsolutePath().normalize().toString())
                .orElse("");
    }

    /** Returns the name of the model as it was given, or the absolute path; empty for the mini CLIP. */
    String source() {
        return model.source();
    }

    Optional<Head> head() {
        return head.read();
    }

    /** Loads both; the caller closes the result. */
    Clip load(PrintWriter err) {
        Optional<Head> trained = head();
        return join(model.load(err), trained, trained.map(alpha::of).orElse(0f));
    }

    /** Puts a head after a model, which is closed if they do not fit; the caller closes the result. */
    static Clip join(ClipModel encoders, Optional<Head> trained, float weight) {
        try {
            return ClipAccess.of(encoders, trained, weight);
        } catch (RuntimeException e) {
            encoders.close();
            throw e;
        }
    }
}
