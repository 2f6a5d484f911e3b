package dev.clap4j.iconworld.scene;

/** A value with a word in template prompts. */
public interface Word {
    /** Returns the word, or two words, in the template. */
    String word();
}
