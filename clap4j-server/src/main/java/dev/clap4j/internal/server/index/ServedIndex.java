package dev.clap4j.internal.server.index;

import dev.clap4j.ClapException;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.IndexFeatures;
import dev.clap4j.search.IndexInfo;
import java.nio.file.Path;
import java.util.Objects;

/** An index of the model that is served, made with a head or without. Thread-safe. */
final class ServedIndex implements AutoCloseable {
    private final Path folder;
    private final ImageIndex index;
    private String refused; // the reason why the last refresh failed; null if it did not

    private ServedIndex(Path folder, ImageIndex index) {
        this.folder = folder;
        this.index = index;
    }

    /**
     * Opens an index.
     *
     * @throws ClapException if there is none, or it is damaged
     */
    static ServedIndex open(Path folder) {
        return new ServedIndex(folder, ImageIndex.open(folder));
    }

    IndexInfo info() {
        return index.info();
    }

    ImageIndex pictures() {
        return index;
    }

    IndexFeatures features() {
        return IndexFeatures.of(index);
    }

    boolean withHead() {
        return !info().headFingerprint().isEmpty();
    }

    /**
     * Checks that features can be compared with those of the index.
     *
     * @param origin what made the features
     * @throws ClapException if that was another model, head or alpha
     */
    void requireSame(IndexInfo origin) {
        info().requireSame(origin, folder);
    }

    /** Shows what was committed meanwhile, if it can be used; returns whether there is anything new. */
    boolean refresh(JsonLog log) {
        String before = refused;
        try {
            refused = null;
            return index.refresh();
        } catch (ClapException e) {
            refused = e.getMessage();
            if (!Objects.equals(before, refused)) {
                log.event(
                        "warn",
                        "index_refused",
                        "An index changed or is gone, and is served as it was before: " + refused);
            }
            return false;
        }
    }

    @Override
    public void close() {
        index.close();
    }
}
