package dev.clap4j.internal.server.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Features of prompts, which many requests share; those that were not used for longest make room. Thread-safe. */
final class TextCache {
    private static final int FLOATS = 4 << 20;

    private final Map<String, float[]> rows;

    /** Creates a cache of 16 MiB for features of a dimension. */
    TextCache(int dimension) {
        int most = FLOATS / dimension;
        rows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<float[]> get(String text) {
        return Optional.ofNullable(rows.get(text));
    }

    synchronized void put(String text, float[] row) {
        rows.put(text, row);
    }
}
