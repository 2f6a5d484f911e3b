package dev.clap4j.internal.nn;

/** The ways to pool a vision transformer's tokens into one vector. */
public enum Pooling {
    /** The class token, normalised. */
    CLASS_TOKEN,
    /** The mean of the normalised patch tokens. */
    PATCH_MEAN,
    /** The mean of the patch tokens, normalised. */
    PATCH_MEAN_THEN_NORM,
    /** A probe attends to the normalised tokens, and an MLP follows (SigLIP). */
    PROBE,
    /** A query attends to the tokens, and is normalised (CoCa). */
    QUERY_THEN_NORM
}
