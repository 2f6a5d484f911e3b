package dev.clap4j.iconworld.scene;

/** How much of the picture the object takes. */
public enum Size implements Word {
    /** Nearly all. */
    LARGE("large", 0.90, 1.0),
    /** Most of it. */
    NORMAL("normal sized", 0.75, 0.83),
    /** About the middle half. */
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

    /** The object's longer side as a share of the picture's, from the least ({@code 0}) to the most ({@code 1}). */
    double scale(double place) {
        return least + place * (most - least);
    }
}
