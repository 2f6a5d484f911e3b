package dev.clap4j.internal.tokenizer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BytePairsTests {
    private static final Path FILE = Path.of("test");

    /** Merges as they are learned: of tokens that there are, each making a new one. */
    private static List<Merge> learned(long seed) {
        Random random = new Random(seed);
        List<String> tokens = new ArrayList<>(List.of("a", "b", "c", "a.", "b.", "c."));
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < 30) {
            String left = tokens.get(random.nextInt(tokens.size()));
            String right = tokens.get(random.nextInt(tokens.size()));
            if (!left.endsWith(".") && !tokens.contains(left + right)) {
                merges.add(new Merge(left, right));
                tokens.add(left + right);
            }
        }
        return merges;
    }

    private static Map<String, Integer> ids(List<Merge> merges) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String token : List.of("a", "b", "c", "a.", "b.", "c.")) {
            ids.put(token, ids.size());
        }
        merges.forEach(merge -> ids.put(merge.joined(), ids.size()));
        return ids;
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("abc").ofMinLength(1).ofMaxLength(40);
    }

    /** The definition, carried out literally: the first merge of the list that fits, everywhere, again and again. */
    @Property
    void mergesAreDoneInTheirOrder(@ForAll("words") String word, @ForAll long seed) {
        List<Merge> merges = learned(seed);
        Map<String, Integer> ids = ids(merges);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            tokens.add(word.charAt(i) + (i + 1 == word.length() ? "." : ""));
        }
        for (boolean found = true; found; ) {
            found = false;
            for (Merge merge : merges) {
                found = apply(merge, tokens);
                if (found) {
                    break;
                }
            }
        }
        int[] expected = tokens.stream().mapToInt(ids::get).toArray();
        BytePairs model = BytePairs.of(FILE, ids, FILE, merges, BytePairs.Options.of("."));
        assertThat(model.ids(word)).isEqualTo(expected);
    }

    private static boolean apply(Merge merge, List<String> tokens) {
        boolean found = false;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).equals(merge.left()) && tokens.get(i + 1).equals(merge.right())) {
                tokens.set(i, merge.joined());
                tokens.remove(i + 1);
                found = true;
            }
        }
        return found;
    }

    @Test
    void wordsOfTheVocabularyMayStayWhole() {
        Map<String, Integer> ids = Map.of("a", 0, "b", 1, "ab", 2, "ba", 3, "aba", 4);
        List<Merge> merges = List.of(new Merge("b", "a"), new Merge("a", "b"));
        BytePairs merging = BytePairs.of(FILE, ids, FILE, merges, BytePairs.Options.of(""));
        BytePairs whole =
                BytePairs.of(FILE, ids, FILE, merges, new BytePairs.Options("", "", null, false, false, true, false));
        assertThat(merging.ids("aba")).containsExactly(0, 3);
        assertThat(whole.ids("aba")).containsExactly(4);
    }
}
