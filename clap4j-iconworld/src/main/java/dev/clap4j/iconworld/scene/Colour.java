package dev.clap4j.iconworld.scene;

/** The ten colours of the paper's template. */
public enum Colour implements Word {
    /** Red. */
    RED("red", 0xD8202A),
    /** Blue. */
    BLUE("blue", 0x2358D6),
    /** Green. */
    GREEN("green", 0x2E9E3A),
    /** Yellow. */
    YELLOW("yellow", 0xF2CE1B),
    /** Purple. */
    PURPLE("purple", 0x8A35B8),
    /** Orange. */
    ORANGE("orange", 0xF08018),
    /** Black. */
    BLACK("black", 0x2C2C30),
    /** White. */
    WHITE("white", 0xE9E9E6),
    /** Brown. */
    BROWN("brown", 0x7E4E28),
    /** The drawing's own colours. */
    MULTICOLORED("multicolored", 0x808080);

    private final String word;
    private final int rgb;

    Colour(String word, int rgb) {
        this.word = word;
        this.rgb = rgb;
    }

    @Override
    public String word() {
        return word;
    }

    /** Returns the medium tone, {@code 0xRRGGBB}; grey for multicoloured. */
    public int rgb() {
        return rgb;
    }

    /** Returns whether the drawing is tinted. */
    public boolean isTint() {
        return this != MULTICOLORED;
    }
}
