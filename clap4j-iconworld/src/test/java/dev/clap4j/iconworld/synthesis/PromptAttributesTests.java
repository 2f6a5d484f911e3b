package dev.clap4j.iconworld.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Captions;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene.Attributes;
import dev.clap4j.iconworld.scene.Size;
import dev.clap4j.prompt.PromptLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptAttributesTests {
    private static Attributes read(String prompt, String className) {
        PromptAttributes mentioned = PromptAttributes.in(prompt, className);
        return new Attributes(
                mentioned.imageType().orElse(null),
                mentioned.artStyle().orElse(null),
                mentioned.size().orElse(null),
                mentioned.colour().orElse(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dog", "orange", "tropical fish", "ice cream"})
    void everyTemplatePromptIsUnderstood(String name) {
        List<String> prompts = PromptLanguage.ENGLISH.templates(name);
        Set<Attributes> all = new HashSet<>();
        for (String prompt : prompts) {
            Attributes said = read(prompt, name);
            assertThat(Captions.template(name, said)).isEqualTo(prompt);
            all.add(said);
        }
        assertThat(all).hasSize(480);
    }

    @Test
    void theNameOfNoThingIsTakenForAnAttribute() {
        for (Concept concept : Concept.ALL) {
            assertThat(read("a photo of a " + concept.name(), concept.name()))
                    .isEqualTo(new Attributes(ImageType.PHOTOGRAPH, null, null, null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a photo of a dog, PHOTOGRAPH,,,",
        "a small dog, ,, SMALL,",
        "A Red DOG, ,,, RED",
        "a mosaic art of a dog, MOSAIC_ART,,,",
        "an impressionistic dog, , IMPRESSIONISTIC,,",
        "a normal sized dog, ,, NORMAL,",
        "dog, ,,,",
        "a sketch of a redwood, SKETCH,,,",
        "a sketch of a painting of a dog, SKETCH,,,",
        "a dog in a blue cartoon, CARTOON,,, BLUE",
    })
    void partsOfATemplateAreUnderstoodToo(String prompt, ImageType type, ArtStyle style, Size size, Colour colour) {
        assertThat(read(prompt, "dog")).isEqualTo(new Attributes(type, style, size, colour));
    }

    @Test
    void whatIsNotMentionedIsDrawnEvenly() {
        Set<Attributes> drawn = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            Attributes attributes = PromptAttributes.in("a small sketch", "dog").orDrawn(new SplittableRandom(seed));
            assertThat(attributes.imageType()).isEqualTo(ImageType.SKETCH);
            assertThat(attributes.size()).isEqualTo(Size.SMALL);
            drawn.add(attributes);
        }
        assertThat(drawn).hasSize(20);
    }

    @Test
    void aMentionDoesNotChangeTheRest() {
        Attributes free = PromptAttributes.in("a dog", "dog").orDrawn(new SplittableRandom(3));
        Attributes red = PromptAttributes.in("a red dog", "dog").orDrawn(new SplittableRandom(3));
        assertThat(red).isEqualTo(new Attributes(free.imageType(), free.artStyle(), free.size(), Colour.RED));
    }
}
