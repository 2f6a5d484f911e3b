package dev.clap4j.prompt;

import java.util.List;

/** A source of synonyms. Thread-safe. */
@FunctionalInterface
public interface Synonyms {
    /**
     * Returns words or phrases that may replace a word.
     *
     * @param word in lower case
     * @return in lower case, without the word itself, always in the same order; empty if none are known
     */
    List<String> of(String word);

    /**
     * Returns the synonyms on the class path, found with {@link java.util.ServiceLoader}; {@code clap4j-training}
     * provides those of WordNet.
     *
     * @throws dev.clap4j.ClapException if there are none
     */
    static Synonyms installed() {
        return InstalledSynonyms.get();
    }
}
