package dev.clap4j;

/**
 * The kinds of {@link ClapException} that callers may want to handle: by asking the user, by trying other options, or
 * with advice in the terms of their own interface. Most exceptions have none.
 */
public enum Problem {
    /** The directory for a new run already holds one. */
    RUN_EXISTS,
    /** A run cannot be resumed because it was started with other options. */
    RUN_DIFFERS,
    /** A run cannot be resumed because one of its files is damaged or missing. */
    RUN_IS_DAMAGED,
    /** There is no run to read. */
    NO_RUN,
    /** Feature extraction cannot be resumed: no features were saved, or they are damaged or those of another model. */
    NOTHING_TO_RESUME,
    /** No model was given, and there is no default. */
    NO_MODEL,
    /** A model is not in the cache, and cannot be downloaded without a connection. */
    NOT_DOWNLOADED,
    /** The number of attention heads is unknown, since the weights come without a configuration. */
    UNKNOWN_HEADS,
    /** The given activation or number of heads contradicts the model's configuration. */
    GEOMETRY_IS_KNOWN,
    /** The model's preprocessing cannot be exported as part of the graph. */
    PREPROCESSING_NOT_EXPORTABLE,
    /** An image has more pixels than are allowed. */
    TOO_MANY_PIXELS,
    /** There is no index of pictures in a folder, or no such folder. */
    NO_INDEX,
    /** An index of pictures was made with another model, head or alpha. */
    INDEX_DIFFERS,
    /** A class has no prompts. */
    NO_PROMPTS,
    /** A folder of synthesised images lacks images for some prompts, or has another layout. */
    NO_PROMPTED_IMAGES,
    /** A language model returned fewer distinct prompts than requested. */
    TOO_FEW_PROMPTS,
    /** A server cannot be reached, or is not of the expected kind. */
    WRONG_ENDPOINT,
    /** A server requires an API key. */
    NO_KEY,
    /** A URL seems to contain a password or key, which must be given separately. */
    KEY_EXPECTED_ELSEWHERE
}
