package dev.clap4j.internal.clip;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.source.RepositoryFolder;
import java.nio.file.Path;
import java.util.Optional;

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

    /** Returns the name of a checkpoint: that of its folder, or of its repository in a hub's cache. */
    public static String nameOf(Checkpoint checkpoint) {
        Path folder = checkpoint.folder().toAbsolutePath().normalize();
        return repositoryOf(folder).orElseGet(() -> String.valueOf(folder.getFileName()));
    }

    /** Returns {@code owner/name} for {@code models--owner--name/snapshots/COMMIT}. */
    private static Optional<String> repositoryOf(Path folder) {
        int parts = folder.getNameCount();
        if (parts < 3 || !folder.getName(parts - 2).toString().equals("snapshots")) {
            return Optional.empty();
        }
        return RepositoryFolder.repository(folder.getName(parts - 3).toString());
    }
}
