package dev.clap4j.prompt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Easy data augmentation (Wei and Zou 2019): one of four changes, drawn at random, to a tenth of a text's words, at
 * least one. Words are replaced by synonyms, synonyms are inserted at random positions, words are swapped, or each word
 * is deleted with a probability of one tenth.
 *
 * <p>EDA makes several texts of each kind, of which CLAP's authors use one; here that one is drawn directly. As in
 * their code, the result is in lower case and consists of letters only; words with an asterisk, which stand for learned
 * vectors, are unchanged.
 */
public final class Eda {
    private static final double SHARE = 0.1;
    private static final int CHANGES = 4;
    private static final int TRIES = 10;

    /** Function words, which are not replaced by synonyms. */
    private static final Set<String> FUNCTION_WORDS = Set.of(
            ("a about above after again against all am an and any are as at be because been before being below between both"
                            + " but by can could did do does doing down during each every few for from further had has have"
                            + " having he her here hers herself him himself his how i if in into is it its itself just me"
                            + " more most my myself no nor not now of off on once only or other our ours ourselves out over"
                            + " own same she should so some such than that the their theirs them themselves then there these"
                            + " they this those through to too under until up upon very was we were what when where which"
                            + " while who whom why will with without would you your yours yourself yourselves")
                    .split(" ", -1));

    private final Synonyms synonyms;

    /** Creates an augmentation with the given synonyms. */
    public Eda(Synonyms synonyms) {
        this.synonyms = synonyms;
    }

    /** Augments a text; returns the text itself if it has no words. */
    public String apply(String text, RandomGenerator random) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            return text;
        }
        int count = Math.max(1, (int) (SHARE * words.size()));
        List<String> changed =
                switch (random.nextInt(CHANGES)) {
                    case 0 -> replace(words, count, random);
                    case 1 -> insert(words, count, random);
                    case 2 -> swap(words, count, random);
                    default -> delete(words, random);
                };
        return String.join(" ", changed);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String part : text.split("\\s+", -1)) {
            if (part.contains("*")) {
                words.add(part);
                continue;
            }
            String letters = part.toLowerCase(Locale.ROOT).replaceAll("['’]", "");
            for (String word : letters.split("[^\\p{L}]+", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    /** Replaces {@code count} different words, each at all its positions. */
    private List<String> replace(List<String> words, int count, RandomGenerator random) {
        List<String> candidates = new ArrayList<>(new LinkedHashSet<>(words));
        candidates.removeAll(FUNCTION_WORDS);
        List<String> changed = new ArrayList<>(words);
        int replaced = 0;
        while (replaced < count && !candidates.isEmpty()) {
            String word = candidates.remove(random.nextInt(candidates.size()));
            List<String> others = synonyms.of(word);
            if (!others.isEmpty()) {
                Collections.replaceAll(changed, word, others.get(random.nextInt(others.size())));
                replaced++;
            }
        }
        return changed;
    }

    private List<String> insert(List<String> words, int count, RandomGenerator random) {
        List<String> changed = new ArrayList<>(words);
        for (int i = 0; i < count; i++) {
            List<String> others = List.of();
            for (int tried = 0; tried < TRIES && others.isEmpty(); tried++) {
                String word = words.get(random.nextInt(words.size()));
                others = FUNCTION_WORDS.contains(word) ? List.of() : synonyms.of(word);
            }
            if (!others.isEmpty()) {
                changed.add(random.nextInt(changed.size() + 1), others.get(random.nextInt(others.size())));
            }
        }
        return changed;
    }

    private static List<String> swap(List<String> words, int count, RandomGenerator random) {
        List<String> changed = new ArrayList<>(words);
        for (int i = 0; i < count && changed.size() > 1; i++) {
            int one = random.nextInt(changed.size());
            int other = random.nextInt(changed.size() - 1);
            Collections.swap(changed, one, other < one ? other : other + 1);
        }
        return changed;
    }

    /** Deletes some of the words, but never all. */
    private static List<String> delete(List<String> words, RandomGenerator random) {
        List<String> left =
                words.stream().filter(word -> random.nextDouble() >= SHARE).toList();
        return left.isEmpty() ? List.of(words.get(random.nextInt(words.size()))) : left;
    }
}
