package dev.clap4j.internal.server.model;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.head.CompiledHead;

/** A head at work. After it is closed, requests that began with it end with it. Thread-safe. */
public final class ServedHead implements AutoCloseable {
    private final CompiledHead head;
    private final float alpha;
    private final Lifetime life;

    ServedHead(CompiledHead head, float alpha) {
        this.head = head;
        this.alpha = alpha;
        this.life = new Lifetime("The head", head::close);
    }

    /** Returns the weight of its output. */
    public float alpha() {
        return alpha;
    }

    /** Returns what identifies its weights. */
    public String fingerprint() {
        return head.head().fingerprint();
    }

    /** Returns features after the head, from those of the model. */
    FeatureMatrix apply(FeatureMatrix features, float weight) {
        return head.apply(features, weight);
    }

    Lifetime life() {
        return life;
    }

    @Override
    public void close() {
        life.close();
    }
}
