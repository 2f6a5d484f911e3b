package dev.clap4j.experiment.recipe;

/**
 * The values of α for one kind of head.
 *
 * @param zeroShot for comparing images with class names
 * @param features for comparing images with one another: linear probes and maps
 */
public record HeadAlphas(float zeroShot, float features) {
    /** Returns the text in {@code run.json}; a run resumes only if it is unchanged, so its words are fixed. */
    String describe() {
        return "Strengths[zeroShot=" + zeroShot + ", features=" + features + "]";
    }
}
