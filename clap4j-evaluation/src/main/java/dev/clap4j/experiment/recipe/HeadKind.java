package dev.clap4j.experiment.recipe;

/** The kinds of heads that are compared. */
public enum HeadKind {
    /** The baseline, trained on images. */
    IM_AUG("Im.Aug", "im-aug"),
    /** Trained on text. */
    CLAP("CLAP", "clap");

    private final String title;
    private final String word;

    HeadKind(String title, String word) {
        this.title = title;
        this.word = word;
    }

    /** Returns the name shown in tables. */
    public String title() {
        return title;
    }

    /** Returns the name used in folders. */
    String word() {
        return word;
    }
}
