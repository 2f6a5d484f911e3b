package dev.clap4j.iconworld.scene;

/** What a template prompt calls something. */
public interface Word {
    /** The word, or the two words, of the template. */
    String word();
}
