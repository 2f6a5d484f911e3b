package dev.clap4j.evaluation.quickstart;

/**
 * An unseen image and what a probe of few labelled images of its domain says of it.
 *
 * @param file the image file
 * @param domain its domain
 * @param className what it shows
 * @param clip the answer on CLIP's features
 * @param clap the answer on those of the first head
 */
public record Sample(String file, String domain, String className, String clip, String clap) {
    /** Whether CLIP is right. */
    public boolean clipIsRight() {
        return className.equals(clip);
    }

    /** Whether CLAP is right. */
    public boolean clapIsRight() {
        return className.equals(clap);
    }
}
