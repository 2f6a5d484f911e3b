package dev.clap4j.evaluation.fewshot;

import dev.clap4j.evaluation.FewShotCell;

/** On which images a probe is measured. */
public enum ProbeScope {
    /** On the whole domain that it was trained in, as published. */
    WITHIN("all images"),
    /** On that domain without the labelled images. */
    OTHERS("other images"),
    /** On the other domains. */
    ACROSS("other domains");

    private final String words;

    ProbeScope(String words) {
        this.words = words;
    }

    /** In words. */
    public String words() {
        return words;
    }

    /** A probe's accuracy there, in percent; null if it was not measured. */
    public Double of(FewShotCell cell) {
        return switch (this) {
            case WITHIN -> (Double) cell.within();
            case OTHERS -> cell.others();
            case ACROSS -> cell.across();
        };
    }
}
