package dev.clap4j.iconworld.scene;

/** The size of the object in the picture. */
public enum Size implements Word {
    /** Nearly the whole picture. */
    LARGE("large", 0.90, 1.0),
    /** Most of the picture. */
    NORMAL("normal sized", 0.75, 0.83),
    /** About the middle half of the picture. */
    SMALL("small", 0.60, 0.67);

    private final String word;
    private final double least;
    private final double most;

    Size(String word, double least, double most) {
        this.word = word;
        this.least = least;
        this.most = most;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Returns the object's longer side as a share of the picture's, between the smallest (0) and the largest (1) of
     * this size.
     */
    double scale(double place) {
        return least + place * (most - least);
    }
}
