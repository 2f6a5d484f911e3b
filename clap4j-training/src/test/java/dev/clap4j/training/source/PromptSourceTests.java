package dev.clap4j.training.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.training.TrainingPlan;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptSourceTests {
    private static final String GERMAN = """
            language: de
            pattern: "{art-style} {image-type}: {size} {colour} {class}"
            between: " "
            attributes:
              image-type: {words: [Zeichnung, Foto], found: {Zeichnung: " Zeichnung:", Foto: " Foto:"}}
              size: {words: [große, kleine]}
              art-style: {words: [realistische], found: {realistische: "realistische "}}
              colour: {words: [rote, blaue]}
            swap: {at: ": ", to: "{after} ({before})"}
            short: "{image-type}: {class}"
            styles: {C: "{class}", PC: "ein Foto: {class}", CP: "{class} auf einem Foto"}
            """;

    @TempDir
    private Path languages;

    @Test
    void aHeadRemembersTheLanguageOfItsTemplates() {
        assertThat(PromptLanguages.of(head("template:zh"))).contains(PromptLanguage.CHINESE);
        for (String english : List.of("template", "template:en", "random", "promptstyler:80")) {
            assertThat(PromptLanguages.of(head(english))).as(english).isEmpty();
        }
        assertThat(PromptLanguages.of(HeadInfo.UNKNOWN)).isEmpty();
    }

    @Test
    void aHeadKeepsALanguageWhoseFileIsGone() throws IOException {
        Path file = Files.writeString(languages.resolve("de.yaml"), GERMAN);
        List<String> classes =
                IntStream.range(0, 100).mapToObj(i -> "Katze " + i).toList();
        ClapOptions options = Defaults.forClasses(classes, 16);
        Map<String, String> kept = TrainingPlan.of(options, PromptSource.parse("template:" + file), 1)
                .describe();
        Files.delete(file);

        PromptLanguage found = PromptLanguages.of(head(kept)).orElseThrow();
        assertThat(found.code()).isEqualTo("de");
        assertThat(found.templates("Katze")).hasSize(8).startsWith("realistische Zeichnung: große rote Katze");
        assertThat(found.template(PromptStyle.PC).text("Katze")).isEqualTo("ein Foto: Katze");
    }

    @Test
    void aHeadWithoutTheDescriptionOfItsLanguageAsksForIt() {
        assertThatThrownBy(() -> PromptLanguages.of(head("template:0123456789abcdef0123456789abcdef")))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("a language of its own (template:0123456789abcdef0123456789abcdef)")
                .hasMessageContaining("name the language: en, zh or the YAML file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{ | is no JSON", "[] | should hold names and values", "{\"language\": \"de\"} | lacks pattern"})
    void damagedDescriptionsInHeads(String description, String reason) {
        assertThatThrownBy(() -> PromptLanguages.of(head(Map.of(PromptLanguages.DESCRIPTION, description))))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot use the head: in its metadata, prompt-language")
                .hasMessageContaining(reason);
    }

    private static HeadInfo head(String prompts) {
        return head(Map.of("prompts", prompts));
    }

    private static HeadInfo head(Map<String, String> hyperparameters) {
        return new HeadInfo(1, "", "", List.of(), "CLAP", hyperparameters, null, Map.of());
    }

    @Test
    void templatesAreThePapers() {
        PromptSource source = PromptSource.parse("template");
        assertThat(source.of("dog")).isEqualTo(PromptLanguage.ENGLISH.templates("dog"));
        assertThat(source.name()).isEqualTo("template");
        assertThat(source.augmentation()).isEqualTo(Augmentation.OFFICIAL);
        assertThat(source.counterpart("a dog", new SplittableRandom(1))).isEqualTo("a dog");
    }

    @Test
    void templatesInOtherLanguages(@TempDir Path folder) throws IOException {
        PromptSource chinese = PromptSource.parse("template:zh");
        assertThat(chinese.of("狗")).hasSize(480).contains("一张写实风格的照片，画面中是一个很小的红色狗");
        assertThat(chinese.name()).isEqualTo("template:zh");
        assertThat(chinese.language()).isEqualTo(PromptLanguage.CHINESE);
        Path file = Files.writeString(folder.resolve("de.yaml"), GERMAN);
        PromptSource german = PromptSource.parse("template:" + file);
        assertThat(german.of("Katze")).hasSize(8).startsWith("realistische Zeichnung: große rote Katze");
        assertThat(german.name()).matches("template:[0-9a-f]{32}");
        assertThat(german.augmentation()).isEqualTo(Augmentation.OFFICIAL);
        Files.writeString(file, Files.readString(file).replace("short:", "brief:"));
        assertThatThrownBy(() -> PromptSource.parse("template:" + file))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(file + ": the description of a language has an unknown key \"brief\"");
    }

    @Test
    void filesAreReadClassByClass(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("alarm_clock.txt"), "an alarm clock at dawn\n");
        PromptSource source = PromptSource.parse("llm:" + folder);
        assertThat(source.of("alarm clock")).containsExactly("an alarm clock at dawn");
        assertThat(source.name()).isEqualTo("llm");
        assertThat(source.augmentation()).isEqualTo(Augmentation.EDA);
    }

    @Test
    void randomWordsAreStyles() {
        PromptSource source = PromptSource.parse("random");
        assertThat(source.of("dog")).hasSize(480).contains("a violin style of dog");
        assertThat(source.name()).isEqualTo("random");
        assertThat(source.augmentation()).isEqualTo(Augmentation.EDA);
    }

    @Test
    void stylesHaveWordsOfTheirOwn() {
        PromptSource source = PromptSource.parse("promptstyler:3");
        assertThat(source.of("alarm clock"))
                .containsExactly(
                        "a S*1 style of a alarm clock", "a S*2 style of a alarm clock", "a S*3 style of a alarm clock");
        assertThat(source.name()).isEqualTo("promptstyler:3");
        assertThat(source.augmentation()).isEqualTo(Augmentation.NONE);
        assertThat(PromptSource.parse("promptstyler").of("dog")).hasSize(80).endsWith("a S*80 style of a dog");
    }

    @Test
    void theCounterpartIsInEveryOtherStyle() {
        PromptSource source = new PromptStyler(12);
        for (String prompt : source.of("dog")) {
            Set<String> others = new TreeSet<>();
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < 400; i++) {
                others.add(source.counterpart(prompt, random));
            }
            List<String> expected =
                    source.of("dog").stream().filter(p -> !p.equals(prompt)).toList();
            assertThat(others).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "templates | Unknown source of prompts \"templates\" (did you mean template?); there are template, template:zh,"
                        + " template:FILE.yaml, llm:DIR, random and promptstyler",
                "random:3 | Unknown source of prompts \"random:3\" (did you mean random?); there are template, template:zh,"
                        + " template:FILE.yaml, llm:DIR, random and promptstyler",
                "template: | \"\" is no language of prompts; write en, zh, or the name of a YAML file that describes another",
                "template:fr | \"fr\" is no language of prompts; write en, zh, or the name of a YAML file that describes"
                        + " another",
                "llm | The prompts \"llm\" name no folder; write llm:DIR, where DIR holds a text file for each class",
                "llm: | The prompts \"llm:\" name no folder; write llm:DIR, where DIR holds a text file for each class",
                "promptstyler:1 | The number of styles should be 2 to 1000, but is 1",
                "promptstyler: | \"\" in \"promptstyler:\" is no number of styles; write promptstyler or promptstyler:40",
                "promptstyler:few | \"few\" in \"promptstyler:few\" is no number of styles; write promptstyler or"
                        + " promptstyler:40",
            })
    void whatIsNoSourceIsExplained(String text, String message) {
        assertThatThrownBy(() -> PromptSource.parse(text))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }
}
