package dev.clap4j.training.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.Synonyms;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WordNetSynonymsTests {
    private final Synonyms synonyms = new WordNetSynonyms();

    @Test
    void wordsOfEverySenseAndPartOfSpeechAreSynonyms() {
        // As WordNet 3.1's own browser lists them.
        assertThat(synonyms.of("car"))
                .containsExactly(
                        "auto",
                        "automobile",
                        "cable car",
                        "elevator car",
                        "gondola",
                        "machine",
                        "motorcar",
                        "railcar",
                        "railroad car",
                        "railway car");
        assertThat(synonyms.of("large")).contains("big", "bombastic", "tumid").doesNotContain("large");
        assertThat(synonyms.of("dog")).contains("domestic dog", "chase", "andiron", "hot dog");
    }

    @Test
    void inflectedFormsHaveTheirBaseFormsSynonyms() {
        assertThat(synonyms.of("geese")).contains("goose");
        assertThat(synonyms.of("cars")).contains("car", "automobile");
    }

    @Test
    void unknownWordsHaveNone() {
        assertThat(synonyms.of("qwrtz")).isEmpty();
        assertThat(synonyms.of("of")).isEmpty();
    }

    @Test
    void areThoseThatEdaFinds() {
        assertThat(Synonyms.installed()).isInstanceOf(WordNetSynonyms.class);
        String prompt = PromptLanguage.ENGLISH.templates("dog").get(0);
        SplittableRandom random = new SplittableRandom(1);
        Set<String> words = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            words.addAll(List.of(Augmentation.EDA.apply(prompt, random).split(" ", -1)));
        }
        // "a realistic painting of a large red dog" with synonyms of its five words of meaning.
        assertThat(words)
                .contains("naturalistic", "picture", "big", "crimson", "hound")
                .doesNotContain("angstrom");
    }
}
