package dev.clap4j;

/**
 * A kind of {@link ClapException} that callers may want to answer: by asking the user, by other options, or by advice in
 * the words of their own interface. Most exceptions have none.
 */
public enum Problem {
    /** A run is where a new one should start. */
    RUN_EXISTS,
    /** A run cannot be resumed, since it was started with other options. */
    RUN_DIFFERS,
    /** A run cannot be resumed, since a file of it is damaged or gone. */
    RUN_IS_DAMAGED,
    /** A run should be read, but there is none. */
    NO_RUN,
    /** Features cannot be resumed: none were kept, they are damaged, or another model's. */
    NOTHING_TO_RESUME,
    /** No model was named, and there is none to fall back on. */
    NO_MODEL,
    /** Weights without a configuration do not say how many attention heads they have. */
    UNKNOWN_HEADS,
    /** An activation or number of heads was given that the model's configuration contradicts. */
    GEOMETRY_IS_KNOWN,
    /** The model's preprocessing cannot be exported as part of the graph. */
    PREPROCESSING_NOT_EXPORTABLE,
    /** A class has no prompts. */
    NO_PROMPTS,
    /** A folder of images of prompts lacks some, or is laid out otherwise. */
    NO_PROMPTED_IMAGES,
    /** A language model writes fewer different prompts than were asked for. */
    TOO_FEW_PROMPTS,
    /** A server cannot be reached, or is not what it should be. */
    WRONG_ENDPOINT,
    /** A server wants a key. */
    NO_KEY,
    /** An address seems to hold a password or key, which is given apart from it. */
    KEY_EXPECTED_ELSEWHERE
}
