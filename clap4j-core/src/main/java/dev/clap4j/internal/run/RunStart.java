package dev.clap4j.internal.run;

/** How a run treats a directory that may already hold one. */
public enum RunStart {
    /** Fails if the directory holds a run. */
    NEW,
    /** Resumes the run in the directory. */
    RESUME,
    /** Deletes the run in the directory, then starts a new one. */
    OVERWRITE
}
