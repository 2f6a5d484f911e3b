package dev.clap4j.cli;

import dev.clap4j.clip.ClipModel;
import java.nio.file.Path;
import java.util.Optional;

/** Where the quickstart's model and pictures come from. */
interface QuickstartWorld {
    /**
     * The domains the model was trained on: {@code <domain>/<class>/<image>}.
     *
     * @param work a folder in which they may be made
     */
    Path seen(Path work);

    /** Domains it was not trained on, with the same classes; see {@link #seen}. */
    Path unseen(Path work);

    /** The model, which the caller closes. */
    ClipModel model();

    /** The kind of picture of one of the images: painting, sketch, … */
    String imageType(Path image);

    /** The world that comes with the program, if one does. */
    static Optional<QuickstartWorld> embedded() {
        return Optional.empty();
    }
}
