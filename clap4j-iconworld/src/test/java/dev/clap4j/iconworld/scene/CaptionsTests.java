package dev.clap4j.iconworld.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.prompt.PromptLanguage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionsTests {
    private static final int MANY = 4000;

    private static Concept concept(String name) {
        return Concept.ALL.stream()
                .filter(concept -> concept.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Scene scene(String name, ImageType type, Colour colour) {
        return new Scene(
                concept(name),
                IconSet.NOTO,
                new Scene.Attributes(type, ArtStyle.REALISTIC, Size.LARGE, colour),
                new Scene.Pose(1, 0, 0, 0, false),
                1);
    }

    private static List<String> captions(String name) {
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Scene scene = scene(name, ImageType.SKETCH, Colour.BLUE);
            captions.add(Captions.of(scene, Seeds.generator(3, "caption", i)));
        }
        return captions;
    }

    private static double share(List<String> captions, Predicate<String> of) {
        return captions.stream().filter(of).count() / (double) captions.size();
    }

    @ParameterizedTest
    @CsvSource({"elephant, elephant", "dog, dog|puppy|hound", "light bulb, light bulb|lamp"})
    void everyCaptionNamesWhatIsShown(String name, String names) {
        assertThat(captions(name)).allMatch(caption -> caption.matches(".*\\b(" + names + ")\\b.*"));
    }

    @Test
    void aThirdAreWholeTemplatesAndHardlyAnyABareName() {
        Set<String> templates = new HashSet<>(PromptLanguage.ENGLISH.templates("elephant"));
        List<String> captions = captions("elephant");

        // The standard error of a share of 4000 is below 0.007.
        assertThat(share(captions, templates::contains)).isCloseTo(0.32, Offset.offset(0.03));
        assertThat(share(captions, "elephant"::equals)).isCloseTo(0.02, Offset.offset(0.01));
        assertThat(new HashSet<>(captions)).hasSizeGreaterThan(300);
    }

    @Test
    void fewWordsAreWrong() {
        Set<String> templates = new HashSet<>(PromptLanguage.ENGLISH.templates("elephant"));
        List<String> whole =
                captions("elephant").stream().filter(templates::contains).toList();

        // Wrong in 4 % of captions, by a word that is in one of ten cases the right one after all.
        assertThat(share(whole, caption -> caption.contains(" blue "))).isBetween(0.93, 0.99);
        assertThat(share(whole, caption -> caption.contains(" sketch "))).isBetween(0.93, 0.99);
    }

    @Test
    void photographsAreMostlyCalledPhotos() {
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String caption =
                    Captions.of(scene("elephant", ImageType.PHOTOGRAPH, Colour.RED), Seeds.generator(4, "caption", i));
            if (caption.matches("a photo(graph)? of an elephant")) {
                captions.add(caption);
            }
        }
        assertThat(share(captions, "a photo of an elephant"::equals)).isBetween(0.7, 0.9);
    }

    @Test
    void articlesFit() {
        Scene.Attributes blue =
                new Scene.Attributes(ImageType.INFOGRAPH, ArtStyle.IMPRESSIONISTIC, Size.SMALL, Colour.BLUE);
        assertThat(Captions.template("owl", blue)).isEqualTo("an impressionistic infograph of a small blue owl");
        assertThat(Captions.a("owl")).isEqualTo("an owl");
        assertThat(Captions.a("photo")).isEqualTo("a photo");
    }

    @Test
    void aNameIsHardlyMore() {
        Set<String> names = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            names.add(Captions.name(scene("elephant", ImageType.SKETCH, Colour.RED), new SplittableRandom(seed)));
        }
        assertThat(names).containsExactlyInAnyOrder("this is an elephant", "an elephant", "a photo of an elephant");
    }
}
