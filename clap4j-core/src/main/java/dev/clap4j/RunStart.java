package dev.clap4j;

/** The treatment of a directory that may already hold a run. */
public enum RunStart {
    /** Fails if the directory holds a run. */
    NEW,
    /** Resumes the run in the directory. */
    RESUME,
    /** Deletes the run in the directory, then starts a new one. */
    OVERWRITE
}
