package dev.clap4j.experiment.statistics;

import com.fasterxml.jackson.annotation.JsonValue;

/** The outcome of comparing two methods in a metric. */
public enum Significance {
    /** Significantly better: the 95 % interval of the difference excludes zero. */
    BETTER("better"),
    /** Significantly worse. */
    WORSE("worse"),
    /** No difference in the digits shown. */
    SAME("same"),
    /** A difference whose 95 % interval includes zero. */
    WITHIN_NOISE("within noise"),
    /** A difference without a confidence interval. */
    UNTOLD("no interval");

    private final String words;

    Significance(String words) {
        this.words = words;
    }

    /** Returns the text used in the terminal, on pages and in files. */
    @JsonValue
    public String words() {
        return words;
    }
}
