package dev.clap4j.internal.clip;

import dev.clap4j.internal.checkpoint.Checkpoint;

/**
 * The model on whose features a head is trained.
 *
 * @param name a readable name, for instance that of its folder
 * @param fingerprint identifies its weights
 * @param engine the engine that runs it; others round differently
 */
public record Backbone(String name, String fingerprint, String engine) {
    /** Describes a model, named after its folder. */
    public static Backbone of(ClipModel model) {
        return new Backbone(
                nameOf(model.checkpoint()),
                model.checkpoint().fingerprint(),
                model.engine().name());
    }

    /** Returns the name of a checkpoint: that of its folder. */
    public static String nameOf(Checkpoint checkpoint) {
        return String.valueOf(checkpoint.folder().toAbsolutePath().normalize().getFileName());
    }
}
