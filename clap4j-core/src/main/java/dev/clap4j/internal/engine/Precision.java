package dev.clap4j.internal.engine;

import java.util.Locale;

/** How exactly an engine computes the linear layers between a transformer's tokens, where nearly all of the work is. */
public enum Precision {
    /** 32-bit floating point throughout. */
    FP32,
    /**
     * 8-bit integers: weights with a scale for each output, activations with a scale found anew in every run. Attention,
     * norms, non-linearities, convolutions and what is computed once an image or a text stay in 32-bit floating point.
     */
    INT8;

    /** What the user calls it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
