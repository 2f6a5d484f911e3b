package dev.clap4j.evaluation.quickstart;

/**
 * An unseen image and the predictions of a few-shot probe of its domain.
 *
 * @param file the image file
 * @param domain its domain
 * @param className its class
 * @param clip the prediction from CLIP's features
 * @param clap the prediction from the features of the first head
 */
public record Sample(String file, String domain, String className, String clip, String clap) {
    /** Returns whether CLIP is correct. */
    public boolean clipIsRight() {
        return className.equals(clip);
    }

    /** Returns whether CLAP is correct. */
    public boolean clapIsRight() {
        return className.equals(clap);
    }
}
