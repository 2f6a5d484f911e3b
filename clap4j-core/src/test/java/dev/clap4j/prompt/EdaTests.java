package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EdaTests {
    private static final Map<String, List<String>> SYNONYMS = Map.of(
            "dog", List.of("hound"),
            "large", List.of("big", "great"),
            "a", List.of("angstrom"),
            "sketch", List.of("rough drawing"));
    private static final Eda EDA = new Eda(word -> SYNONYMS.getOrDefault(word, List.of()));
    private static final String PROMPT = "a sketch of a large dog";

    private static List<String> many(String text, int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> forms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            forms.add(EDA.apply(text, random));
        }
        return forms;
    }

    private static List<String> sorted(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split(" ", -1)));
        Collections.sort(words);
        return words;
    }

    @Test
    void oneWordIsReplacedByASynonymWhereverItStands() {
        Set<String> replaced = new TreeSet<>();
        for (String form : many("large dog large", 2000)) {
            if (form.split(" ", -1).length == 3 && !sorted(form).equals(sorted("large dog large"))) {
                replaced.add(form);
            }
        }
        assertThat(replaced).containsExactly("big dog big", "great dog great", "large hound large");
    }

    @Test
    void aSynonymOfAWordIsInsertedAnywhere() {
        Set<String> longer = new TreeSet<>(many("dog of", 2000));
        longer.removeIf(form -> form.length() <= "hound of".length());
        assertThat(longer).containsExactly("dog hound of", "dog of hound", "hound dog of");
    }

    @Test
    void twoWordsChangePlacesOrWordsGo() {
        Set<String> seen = new TreeSet<>(many("of to by", 3000));
        // None of these has a synonym, so that the other two changes leave the text as it is.
        assertThat(seen).contains("of to by", "to of by", "by to of", "of by to", "of to", "to by", "of by");
        assertThat(seen).allMatch(form -> Set.of("of", "to", "by").containsAll(sorted(form)));
    }

    @Test
    void theFourChangesAreEquallyLikely() {
        int count = 20_000;
        int longer = 0;
        int hounds = 0;
        for (String form : many("dog of of of of of of of of of", count)) {
            longer += sorted(form).size() > 10 ? 1 : 0;
            hounds += sorted(form).size() == 10 && form.contains("hound") ? 1 : 0;
        }
        // An insertion seeks a word with synonyms ten times, here one of ten: 65 % of the tries end well. The standard
        // deviations are 0.3 %.
        assertThat((double) hounds / count).isCloseTo(0.25, within(0.013));
        assertThat((double) longer / count).isCloseTo(0.25 * (1 - Math.pow(0.9, 10)), within(0.012));
    }

    @Test
    void aTenthOfTheWordsChanges() {
        String text = "dog large ".repeat(10).strip();
        int most = many(text, 500).stream()
                .mapToInt(form -> form.split(" ", -1).length)
                .max()
                .orElseThrow();
        assertThat(most).isEqualTo(22);
    }

    @Test
    void functionWordsHaveNoSynonyms() {
        assertThat(many(PROMPT, 500)).noneMatch(form -> form.contains("angstrom"));
    }

    @Test
    void onlyLettersAreLeftAndWordsThatStandForVectors() {
        assertThat(many("A Dog's T-shirt, 3 of S*12!", 200))
                .allMatch(
                        form -> Set.of("a", "dogs", "t", "shirt", "of", "S*12!").containsAll(sorted(form)))
                .anyMatch(form -> form.contains("S*12!"));
        assertThat(EDA.apply("123 !", new SplittableRandom(1))).isEqualTo("123 !");
    }

    @Property(tries = 200)
    void somethingIsAlwaysLeft(@ForAll @StringLength(min = 1, max = 40) String text, @ForAll long seed) {
        assertThat(EDA.apply(text, new SplittableRandom(seed))).isNotEmpty();
        assertThat(EDA.apply(text, new SplittableRandom(seed))).isEqualTo(EDA.apply(text, new SplittableRandom(seed)));
    }

    @Test
    void withoutSynonymsOnTheClassPathTheUserIsTold() {
        assertThatThrownBy(() -> Augmentation.EDA.apply(PROMPT, new SplittableRandom(1)))
                .isInstanceOf(ClapException.class)
                .hasMessage("The augmentation eda needs synonyms, and there are none on the class path; add"
                        + " clap4j-training, which brings those of WordNet");
    }
}
