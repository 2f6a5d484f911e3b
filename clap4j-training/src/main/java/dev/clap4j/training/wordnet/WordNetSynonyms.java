package dev.clap4j.training.wordnet;

import dev.clap4j.prompt.Synonyms;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * The synonyms of WordNet 3.1 (Miller 1995): all words that share a sense with a word, as any part of speech. The
 * synonyms of an inflected form are its base form and the synonyms of that.
 */
public final class WordNetSynonyms implements Synonyms {
    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    /** Opens WordNet on first use. */
    private static final class Opened {
        static final Dictionary DICTIONARY = open();

        private static Dictionary open() {
            try {
                return Dictionary.getDefaultResourceInstance();
            } catch (JWNLException e) {
                throw new IllegalStateException("WordNet comes with this module", e);
            }
        }
    }

    @Override
    public List<String> of(String word) {
        return known.computeIfAbsent(Objects.requireNonNull(word, "word"), WordNetSynonyms::lookUp);
    }

    private static synchronized List<String> lookUp(String word) {
        Set<String> synonyms = new TreeSet<>();
        try {
            for (IndexWord form : Opened.DICTIONARY.lookupAllIndexWords(word).getIndexWordCollection()) {
                for (Synset sense : form.getSenses()) {
                    for (Word other : sense.getWords()) {
                        synonyms.add(plain(other.getLemma()));
                    }
                }
            }
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet cannot be read", e);
        }
        synonyms.remove(word);
        synonyms.remove("");
        return List.copyOf(synonyms);
    }

    /** Returns a lemma in lower case with only letters and single spaces, as in EDA's texts. */
    private static String plain(String lemma) {
        return lemma.toLowerCase(Locale.ROOT)
                .replaceAll("[_-]", " ")
                .replaceAll("[^a-z ]", "")
                .replaceAll(" +", " ")
                .strip();
    }
}
