package dev.clap4j.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;

/** How one method compares with another in a measure. */
public enum Significance {
    /** Better, by more than chance explains: the 95 % interval of the difference lies on that side of zero. */
    BETTER("better"),
    /** Worse, likewise. */
    WORSE("worse"),
    /** No difference in the digits that are shown. */
    SAME("same"),
    /** A difference whose 95 % interval holds zero. */
    WITHIN_NOISE("within noise"),
    /** A difference of which nothing tells whether it is chance. */
    UNTOLD("no interval");

    private final String words;

    Significance(String words) {
        this.words = words;
    }

    /** In words, the same in the terminal, on pages and in files. */
    @JsonValue
    public String words() {
        return words;
    }
}
