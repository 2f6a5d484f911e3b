package dev.clap4j.prompt;

import java.util.Locale;

/** An attribute of a template prompt, of either the object or its picture (CLAP, section 3). */
public enum Attribute {
    /** The object's size. */
    SIZE,
    /** The object's colour. */
    COLOUR,
    /** The art style of the picture. */
    ART_STYLE,
    /** The type of picture. */
    IMAGE_TYPE;

    /** Returns the name in the description of a language, such as {@code art-style}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
