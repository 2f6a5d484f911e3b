package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AugmentationTests {
    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The changes of a bit mask, each certain. */
    private static Augmentation certain(int mask) {
        return Augmentation.of(mask & 1, mask >> 1 & 1, mask >> 2 & 1, mask >> 3 & 1, mask >> 4 & 1);
    }

    private static JsonNode golden() throws Exception {
        return Golden.json("prompts/augmentations.json");
    }

    @Test
    void allCombinationsEqualTheReference() throws Exception {
        for (JsonNode row : golden().get("rows")) {
            assertThat(row.get("combinations")).isNotEmpty();
            row.get("combinations").properties().forEach(combination -> {
                int mask = Integer.parseInt(combination.getKey());
                assertThat(certain(mask).apply(row.get("prompt").asText(), random(mask)))
                        .as("%s with changes %s", row.get("prompt"), mask)
                        .isEqualTo(combination.getValue().asText());
            });
        }
    }

    @Test
    void singleChangesEqualTheReference() throws Exception {
        List<String> names = List.of(
                "delete_object_size", "delete_object_color", "delete_art_style", "delete_img_type", "swap_order");
        JsonNode rows = golden().get("rows");
        assertThat(rows).isNotEmpty();
        for (JsonNode row : rows) {
            for (int i = 0; i < names.size(); i++) {
                assertThat(certain(1 << i).apply(row.get("prompt").asText(), random(0)))
                        .as("%s of %s", names.get(i), row.get("prompt"))
                        .isEqualTo(row.get(names.get(i)).asText());
            }
        }
    }

    @Test
    void rawDeletionsEqualTheReference() throws Exception {
        Map<Attribute, String> names = Map.of(
                Attribute.SIZE, "object_size",
                Attribute.COLOUR, "object_color",
                Attribute.ART_STYLE, "art_style",
                Attribute.IMAGE_TYPE, "img_type");
        for (JsonNode row : golden().get("rows")) {
            JsonNode expected = row.get("raw_before_double_space_cleanup");
            names.forEach((attribute, name) -> assertThat(PromptLanguage.ENGLISH.delete(
                            attribute, row.get("prompt").asText()))
                    .as("%s of %s", attribute, row.get("prompt"))
                    .isEqualTo(expected.get(name).asText()));
        }
    }

    @Test
    void repairedArticlesFitTheNextWord() {
        Augmentation deletion = Augmentation.of(1, 1, 1, 0, 0);
        String prompt = "a realistic infograph of a large red elephant";

        assertThat(deletion.apply(prompt, random(0))).isEqualTo("a infograph of a elephant");
        assertThat(deletion.withRepairArticles(true).apply(prompt, random(0))).isEqualTo("an infograph of an elephant");
        assertThat(Augmentation.of(0, 0, 1, 0, 0)
                        .withRepairArticles(true)
                        .apply("an impressionistic sketch of a panda in a cabana", random(0)))
                .isEqualTo("a sketch of a panda in a cabana");
    }

    @Test
    void replacementDrawsEveryOtherWordOrNothing() {
        Augmentation replacement = Augmentation.of(1, 0, 0, 0, 0).withReplace(true);
        Set<String> seen = new HashSet<>();
        RandomGenerator random = random(3);
        for (int i = 0; i < 100; i++) {
            seen.add(replacement.apply("a sketch of a large dog", random));
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "a sketch of a normal sized dog", "a sketch of a small dog", "a sketch of a dog");
    }

    @Test
    void replacementKeepsTheSpacesOfTheOfficialList() {
        Set<String> seen = new HashSet<>();
        RandomGenerator random = random(4);
        for (int i = 0; i < 500; i++) {
            seen.add(PromptLanguage.ENGLISH.replace(Attribute.COLOUR, "a blue dog", random));
        }

        assertThat(seen).hasSize(10).contains("a reddog", "a white dog", "a dog");
        assertThat(seen).doesNotContain("a blue dog");
    }

    @Test
    void frequenciesFollowTheProbabilities() {
        RandomGenerator random = random(5);
        int deleted = 0;
        for (int i = 0; i < 10_000; i++) {
            deleted += Augmentation.of(0.3, 0, 0, 0, 0)
                            .apply("a small dog", random)
                            .equals("a dog")
                    ? 1
                    : 0;
        }

        // The standard deviation of the count is 46; five of them.
        assertThat(deleted).isBetween(2770, 3230);
    }

    @Test
    void probabilitiesOutsideTheUnitIntervalAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Augmentation.of(0, 1.5, 0, 0, 0))
                .withMessage("A probability should be between 0 and 1, not 1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.of(0, 0, 0, 0, Double.NaN));
    }

    @Test
    void isWrittenAsAList() {
        assertThat(Augmentation.parse("OSD=0.5, ocd ,SPO=0.5")).isEqualTo(Augmentation.OFFICIAL);
        assertThat(Augmentation.parse("official")).isEqualTo(Augmentation.OFFICIAL);
        assertThat(Augmentation.parse("none")).isEqualTo(Augmentation.NONE);
        assertThat(Augmentation.parse("ASD=1,ITD=0.25,replace,articles"))
                .isEqualTo(new Augmentation(0, 0, 1, 0.25, 0, true, false, true));
        assertThat(Augmentation.parse("ASD=1,ITD=0.25,replace").describe()).isEqualTo("ASD=1,ITD=0.25,replace");
        assertThat(Augmentation.parse("EDA")).isEqualTo(Augmentation.EDA);
        assertThat(Augmentation.EDA.describe()).isEqualTo("eda");
        assertThat(Augmentation.NONE.describe()).isEqualTo("none");
    }

    @Property(tries = 100)
    void isReadAsItIsWritten(
            @ForAll @DoubleRange(max = 1) double p, @ForAll @DoubleRange(max = 1) double q, @ForAll boolean replace) {
        Augmentation augmentation = new Augmentation(p, q, 1, 0, p, replace, q < 0.5, !replace);
        assertThat(Augmentation.parse(augmentation.describe())).isEqualTo(augmentation);
    }

    @Test
    void whatIsNoAugmentationIsExplained() {
        assertThatThrownBy(() -> Augmentation.parse("OSD=0.5,XYZ"))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "Unknown augmentation \"XYZ\" in \"OSD=0.5,XYZ\"; write official, none, or a list of OSD, OCD,"
                                + " ASD, ITD and SPO, each with its probability (OSD=0.5), and replace, eda or articles if wanted");
        assertThatThrownBy(() -> Augmentation.parse("OSD=2"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The probability of OSD should be a number from 0 to 1: OSD=2");
        assertThatThrownBy(() -> Augmentation.parse("SPO=often"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The probability of SPO should be a number from 0 to 1: SPO=often");
        assertThatThrownBy(() -> Augmentation.parse("SPO,spo=0.1"))
                .isInstanceOf(ClapException.class)
                .hasMessage("The augmentation SPO is given twice in \"SPO,spo=0.1\"");
        assertThatThrownBy(() -> Augmentation.parse("replace=0.3"))
                .isInstanceOf(ClapException.class)
                .hasMessage("\"replace\" is either there or not; it takes no number: replace=0.3");
    }

    @Property(tries = 100)
    void theSameSeedGivesTheSameText(@ForAll long seed, @ForAll @IntRange(max = 479) int row) {
        String prompt = PromptLanguage.ENGLISH.templates("dog").get(row);
        assertThat(Augmentation.OFFICIAL.apply(prompt, random(seed)))
                .isEqualTo(Augmentation.OFFICIAL.apply(prompt, random(seed)));
    }

    @Property(tries = 200)
    void deletionsNeverLengthenAText(@ForAll @StringLength(max = 60) String text, @ForAll long seed) {
        assertThat(Augmentation.of(1, 1, 1, 1, 0).apply(text, random(seed)).length())
                .isLessThanOrEqualTo(text.length());
    }
}
