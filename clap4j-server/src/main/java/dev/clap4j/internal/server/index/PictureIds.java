package dev.clap4j.internal.server.index;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.search.IndexedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of pictures for clients, which say nothing about folders. Only those that were handed out lead to a file; those
 * that were not used for longest are forgotten. Thread-safe.
 */
final class PictureIds {
    private static final int MOST = 50_000;

    private final Map<String, Path> paths = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Path> eldest) {
            return size() > MOST;
        }
    };

    /** Returns the name of a picture, another one when its content changes. */
    synchronized String of(IndexedImage image) {
        String id = Digests.of(image.path() + "\0" + image.digest());
        paths.put(id, image.path());
        return id;
    }

    /** Returns the path of a picture; empty if the name was not handed out, or long ago. */
    synchronized Optional<Path> path(String id) {
        return Optional.ofNullable(paths.get(id));
    }
}
