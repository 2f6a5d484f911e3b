package dev.clap4j.internal.server.model;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Optional;

/**
 * A model as a request wants it.
 *
 * @param id its name
 * @param head the head after the encoders; empty for CLIP itself
 * @param alpha the weight of its output; empty without a head
 */
public record Variant(String id, Optional<ServedHead> head, Optional<Float> alpha) {
    /** Returns the model as it is served. */
    static Variant of(String id, Optional<ServedHead> head) {
        return new Variant(id, head, head.map(ServedHead::alpha));
    }

    /** Returns CLIP itself. */
    public Variant withoutHead() {
        return of(id, Optional.empty());
    }

    /** Returns the same head with another weight. */
    public Variant withAlpha(float other) {
        return new Variant(id, head, Optional.of(other));
    }

    /** Returns whether there is a head. */
    public boolean clap() {
        return head.isPresent();
    }

    /** Returns features of length 1, from those of the encoders. */
    public FeatureMatrix apply(FeatureMatrix features) {
        return head.map(one -> one.apply(features, alpha.orElseThrow()))
                .orElse(features)
                .normalised();
    }
}
