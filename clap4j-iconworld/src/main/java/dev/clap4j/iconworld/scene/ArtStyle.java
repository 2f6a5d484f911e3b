package dev.clap4j.iconworld.scene;

/** The two art styles of the paper's template. */
public enum ArtStyle implements Word {
    /** Light from one side, clear edges. */
    REALISTIC("realistic"),
    /** Dabs of broken colour. */
    IMPRESSIONISTIC("impressionistic");

    private final String word;

    ArtStyle(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
