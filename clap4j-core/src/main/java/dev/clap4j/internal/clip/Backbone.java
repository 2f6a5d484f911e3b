package dev.clap4j.internal.clip;

import dev.clap4j.internal.checkpoint.Checkpoint;

/**
 * The model whose features a head is trained on.
 *
 * @param name as people call it, for instance the name of its folder
 * @param fingerprint identifies its weights
 * @param engine what runs it; another one rounds otherwise
 */
public record Backbone(String name, String fingerprint, String engine) {
    /** A model, called as its folder is. */
    public static Backbone of(ClipModel model) {
        return new Backbone(
                nameOf(model.checkpoint()),
                model.checkpoint().fingerprint(),
                model.engine().name());
    }

    /** What a checkpoint is called: as its folder is. */
    public static String nameOf(Checkpoint checkpoint) {
        return String.valueOf(checkpoint.folder().toAbsolutePath().normalize().getFileName());
    }
}
