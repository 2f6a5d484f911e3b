package dev.clap4j.prompt;

import java.util.List;

/** Words of like meaning. Safe for several threads. */
@FunctionalInterface
public interface Synonyms {
    /**
     * Other words, or groups of words, that may stand in a word's place.
     *
     * @param word in lower case
     * @return in lower case, without the word itself, always in the same order; empty if none are known
     */
    List<String> of(String word);

    /**
     * The synonyms that are on the class path, as a {@link java.util.ServiceLoader} finds them; {@code clap4j-training} brings
     * those of WordNet.
     *
     * @throws dev.clap4j.ClapException if there are none
     */
    static Synonyms installed() {
        return InstalledSynonyms.get();
    }
}
