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

    boolean given() {
        return path != null;
    }

    /** The head, if one is given; checked to belong to the model. */
    Optional<Head> load(ClipModel model) {
        if (path == null) {
            return Optional.empty();
        }
        Head head = Head.load(path);
        HeadAccess.requireBackbone(head, model.checkpoint());
        return Optional.of(head);
    }
}
