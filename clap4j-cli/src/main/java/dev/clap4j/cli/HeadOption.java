package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.HeadAccess;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --head}: a trained disentangled network to put after the encoders. */
final class HeadOption {
    @Option(
            names = "--head",
            paramLabel = "FILE",
            description = "The CLAP head to put after the encoder: ours (.safetensors) or the authors' (.pth).")
    private Path path;

    private Head read;

    boolean given() {
        return path != null;
    }

    /** Returns the file of the head, if one is given. */
    Optional<Path> file() {
        return Optional.ofNullable(path);
    }

    /** Returns the head, if one is given. */
    Optional<Head> read() {
        if (path != null && read == null) {
            read = Head.load(path);
        }
        return Optional.ofNullable(read);
    }

    /** Returns the head, if one is given; checked to belong to the model. */
    Optional<Head> load(ClipModel model) {
        Optional<Head> head = read();
        head.ifPresent(given -> HeadAccess.requireBackbone(given, model.checkpoint()));
        return head;
    }

    /** {@code --alpha}: one value of alpha, for commands that neither compare nor choose. */
    static final class Alpha {
        @Option(
                names = "--alpha",
                paramLabel = "A",
                description = "The head's alpha (default: the value saved with the head).")
        private Float alpha;

        /** Refuses values that no head can have, and any without a head. */
        void check(boolean withHead) {
            WrongUse.when(alpha != null && !withHead, "--alpha applies to a head; give one with --head");
            WrongUse.when(alpha != null && !Float.isFinite(alpha), "--alpha should be a finite number, not " + alpha);
        }

        /** Returns the given value, if there is one. */
        Optional<Float> given() {
            return Optional.ofNullable(alpha);
        }

        /** Returns the given value, else the head's own. */
        float of(Head head) {
            return alpha == null ? head.info().alpha() : alpha;
        }
    }
}
