package dev.clap4j.search;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A picture of an index, as it was when it was indexed.
 *
 * @param path the absolute path
 * @param size the size of the file in bytes
 * @param modified the time of the file's last modification
 * @param digest 32 hexadecimal digits that identify the file's content
 * @param classScores the probability of each class, the most probable first; empty if the index has no classes
 * @param styleScores the probability of each style, likewise: a guess by the words for the styles
 */
public record IndexedImage(
        Path path,
        long size,
        Instant modified,
        String digest,
        Map<String, Float> classScores,
        Map<String, Float> styleScores) {
    /** Makes the maps unmodifiable, preserving their order. */
    public IndexedImage {
        classScores = Collections.unmodifiableMap(new LinkedHashMap<>(classScores));
        styleScores = Collections.unmodifiableMap(new LinkedHashMap<>(styleScores));
    }

    /** Returns the most probable class; empty if the index has no classes. */
    public Optional<String> className() {
        return classScores.keySet().stream().findFirst();
    }

    /** Returns the most probable style; empty if the index has no styles. */
    public Optional<String> style() {
        return styleScores.keySet().stream().findFirst();
    }
}
