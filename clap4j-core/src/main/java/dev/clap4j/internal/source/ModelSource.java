package dev.clap4j.internal.source;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** A place that has models by name, found by {@link java.util.ServiceLoader}. The artifact {@code clap4j-hub} is one. */
public interface ModelSource {
    /**
     * Returns a model's folder, fetching it if necessary.
     *
     * @param name the model's name
     * @throws ClapException if there is no model of that name, or it cannot be fetched
     */
    Path find(String name, Progress progress);

    /**
     * Returns a model's folder if it is on this machine; nothing is fetched.
     *
     * @param name the model's name
     * @throws ClapException if there can be no model of that name
     */
    Optional<Path> cached(String name);
}
