package dev.clap4j.cli;

import dev.clap4j.internal.clip.ClipModel;
import java.nio.file.Path;

/** The source of the quickstart's model and pictures. */
interface QuickstartWorld {
    /** The domains the model was trained on: {@code <domain>/<class>/<image>}. */
    Path seen();

    /** Domains it was not trained on, with the same classes; see {@link #seen}. */
    Path unseen();

    /**
     * Returns the cache of the pictures' features.
     *
     * @param work the folder of the quickstart
     */
    Path features(Path work);

    /** The model, which the caller closes. */
    ClipModel model();

    /** The kind of picture of one of the images: painting, sketch, … */
    String imageType(Path image);
}
