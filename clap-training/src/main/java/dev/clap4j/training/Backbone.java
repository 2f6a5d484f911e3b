package dev.clap4j.training;

import dev.clap4j.clip.ClipModel;
import java.nio.file.Path;

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
        Path folder = model.checkpoint().folder().toAbsolutePath().normalize();
        return new Backbone(
                String.valueOf(folder.getFileName()),
                model.checkpoint().fingerprint(),
                model.engine().name());
    }
}
