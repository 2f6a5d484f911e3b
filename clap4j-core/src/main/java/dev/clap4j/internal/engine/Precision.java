package dev.clap4j.internal.engine;

import java.util.Locale;

/** The precision of the linear layers between a transformer's tokens, where nearly all of the computation happens. */
public enum Precision {
    /** 32-bit floating point throughout. */
    FP32,
    /**
     * 8-bit integers: weights with one scale per output, activations with a scale computed in each run. Attention,
     * norms, non-linearities, convolutions and whatever is computed once per image or text stay in 32-bit floating
     * point.
     */
    INT8;

    /** Returns the name used on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
