package dev.clap4j.internal.server.model;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Optional;

/**
 * A model as a request wants it.
 *
 * @param id its name
 * @param head the head after the encoders; empty for CLIP itself
 */
public record Variant(String id, Optional<ServedHead> head) {
    /** Returns whether there is a head. */
    public boolean clap() {
        return head.isPresent();
    }

    /** Returns features of length 1, from those of the encoders. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return head.map(one -> one.apply(features)).orElse(features).normalised();
    }
}
