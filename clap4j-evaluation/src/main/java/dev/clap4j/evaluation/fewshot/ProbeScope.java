package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;

/** The test images of a probe. */
public enum ProbeScope {
    /** All images of the training domain, as in the paper. */
    WITHIN("all images"),
    /** The unlabelled images of the training domain. */
    OTHERS("other images"),
    /** The images of the other domains. */
    ACROSS("other domains");

    private final String words;

    ProbeScope(String words) {
        this.words = words;
    }

    /** Returns the text shown to users. */
    public String words() {
        return words;
    }

    /** Returns a probe's accuracy on these images, in percent; null if it was not measured. */
    public Double of(FewShotCell cell) {
        return switch (this) {
            case WITHIN -> (Double) cell.within();
            case OTHERS -> cell.others();
            case ACROSS -> cell.across();
        };
    }
}
