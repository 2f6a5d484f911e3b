package dev.clap4j.internal.run;

/** What a run does with a folder that may already hold one. */
public enum RunStart {
    /** Refuses to touch another run. */
    NEW,
    /** Goes on where the run in the folder stopped. */
    RESUME,
    /** Deletes the run in the folder, then starts anew. */
    OVERWRITE
}
