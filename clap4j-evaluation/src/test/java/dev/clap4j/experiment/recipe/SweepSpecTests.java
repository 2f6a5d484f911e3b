package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.training.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepSpecTests {
    @TempDir
    private Path folder;

    private SweepSpec read(String yaml) throws IOException {
        return SweepSpec.read(Files.writeString(folder.resolve("spec.yaml"), yaml));
    }

    @Test
    void everythingThatCanBeSaidIsRead() throws IOException {
        SweepSpec spec = read("""
                title: Temperature
                models: [one, two]
                data: pictures
                preset: pacs
                options: {steps: 960, augment: "OSD=0.5,SPO=0.5"}
                grid:
                  tau: [0.1, 0.5]
                  latent: [64, 128, 256]
                alpha: [0.1, 1]
                seeds: 3
                measure: [zeroshot, retrieval]
                """);
        assertThat(spec.title()).isEqualTo("Temperature");
        assertThat(spec.models()).containsExactly("one", "two");
        assertThat(spec.data()).isEqualTo("pictures");
        assertThat(spec.preset()).isEqualTo(Preset.PACS);
        assertThat(spec.options()).containsExactly(Map.entry("steps", "960"), Map.entry("augment", "OSD=0.5,SPO=0.5"));
        assertThat(spec.alphas()).containsExactly(0.1f, 1f);
        assertThat(spec.seeds()).isEqualTo(3);
        assertThat(spec.measurements()).extracting(Measurement::id).containsExactly("zeroshot", "retrieval");
        assertThat(spec.points())
                .hasSize(6)
                .startsWith(Map.of("tau", "0.1", "latent", "64"), Map.of("tau", "0.1", "latent", "128"))
                .endsWith(Map.of("tau", "0.5", "latent", "256"));
    }

    @Test
    void whatIsLeftOutHasADefault() throws IOException {
        SweepSpec spec = read("grid: {tau: [0.1]}");
        assertThat(spec.models()).isEmpty();
        assertThat(spec.data()).isNull();
        assertThat(spec.alphas()).as("the strength that heads suggest").isEmpty();
        assertThat(spec.seeds()).isEqualTo(1);
        assertThat(spec.measurements()).extracting(Measurement::id).containsExactly("zeroshot");
    }

    @Test
    void pointsReplaceAGrid() throws IOException {
        SweepSpec spec = read("""
                points:
                  - {augment: eda, noise-vectors: 4}
                  - {augment: "OSD,SPO", noise-vectors: 0}
                """);
        assertThat(spec.points())
                .containsExactly(
                        Map.of("augment", "eda", "noise-vectors", "4"),
                        Map.of("augment", "OSD,SPO", "noise-vectors", "0"));
    }

    @Test
    void learnedPromptsAreSwept() throws IOException {
        assertThat(read("grid: {prompts: [template, promptstyler]}").points())
                .containsExactly(Map.of("prompts", "template"), Map.of("prompts", "promptstyler"));
    }

    /** A folder beside the specification is found from anywhere; others are as the user gave them. */
    @Test
    void promptsBesideTheFileAreFound() throws IOException {
        Files.createDirectory(folder.resolve("written"));
        String beside = "llm:" + folder.resolve("written");

        assertThat(read("grid: {prompts: ['llm:written', random]}").points())
                .containsExactly(Map.of("prompts", beside), Map.of("prompts", "random"));
        assertThat(read("options: {prompts: 'llm:written'}").options()).containsEntry("prompts", beside);
        assertThat(read("points: [{prompts: 'llm: written'}]").points()).containsExactly(Map.of("prompts", beside));
        assertThat(read("grid: {prompts: ['llm:elsewhere', 'llm:/written']}").grid())
                .containsEntry("prompts", List.of("llm:elsewhere", "llm:/written"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2]                                 | a sweep is a list of keys and values",
                "grids: {tau: [1]}                      | unknown key \"grids\" (did you mean grid?)",
                "classes: [dog, cat]                    | a sweep trains on the classes of its data set",
                "options: {classes: dog}                | a sweep trains on the classes of its data set",
                "preset: pasc                           | there is no preset pasc (did you mean pacs?); there are pacs,",
                "grid: [tau]                            | grid should hold names and values",
                "grid: {tau: 0.5}                       | tau should be a list",
                "grid: {tau: []}                        | The grid names no values for tau",
                "grid: {tau: [0.5, 0.5]}                | tau names a value twice",
                "grid: {tau: [1, 1.0]}                  | tau names a value twice",
                "grid: {tau: [1, '1e0']}                | tau names a value twice",
                "{grid: {tau: [1]}, alpha: [1, 1.0]}    | alpha names a value twice",
                "points: [{tau: 1}, {tau: 1.0}]         | A point is listed twice",
                "points: [{prompt: template}]           | There is no training option \"prompt\" (did you mean prompts?)",
                "grid: {promts: [template]}             | There is no training option \"promts\" (did you mean prompts?)",
                "points: 5                              | points should be a list",
                "grid:                                  | grid names no value",
                "seeds:                                 | seeds names no value",
                "grid: {tau: }                          | tau names no value",
                "grid: {tau: [[1]]}                     | tau should be a single value",
                "grid: {tau: [~]}                       | tau names no value",
                "options: {tau: ~}                      | tau names no value",
                "points: [{tau: ~}]                     | tau names no value",
                "points: [~]                            | points names no value",
                "models: [[]]                           | models should be a single value",
                "title: {}                              | title should be a single value",
                "{grid: {tau: [1]}, seeds: 1.5}         | seeds should be a whole number, but is 1.5",
                "{grid: {tau: [1]}, seeds: ''}          | seeds should be a whole number, but is",
                "{grid: {tau: [1]}, seeds: 99999999999} | seeds should be a whole number, but is 99999999999",
                "{grid: {tau: [1]}, preset: ''}         | there is no preset",
                "{grid: {tau: [1]}, preset: 0}          | there is no preset 0",
                "{grid: {tau: [1]}, alpha: [1e99]}      | alpha should be 0 or more",
                "{grid: {tau: [1]}, alpha: [~]}         | alpha names no value",
                "grid: {temperature: [0.5]}             | There is no training option \"temperature\"",
                "{grid: {tau: [1]}, options: {tau: 1}}  | tau is both fixed under options and varied",
                "grid: {prompts: [spells]}              | Unknown source of prompts \"spells\"",
                "{grid: {tau: [1]}, points: [{tau: 1}]} | A sweep has a grid or a list of points, not both",
                "points: [{tau: 1}, {latent: 8}]        | The points have values of different options: [tau] and [latent]",
                "points: [{tau: 1}, {tau: 1}]           | A point is listed twice",
                "points: [1]                            | a point should hold names and values",
                "points: [{temperature: 1}]             | There is no training option \"temperature\"",
                "{points: [{tau: 1}], options: {tau: 1}} | tau is both fixed under options and varied",
                "{grid: {tau: [1]}, measure: [zeroshots]} | There is no measurement zeroshots (did you mean zeroshot?)",
                "{grid: {tau: [1]}, measure: []}        | measure should name at least one measurement",
                "{grid: {tau: [1]}, measure: zeroshot}  | measure should be a list",
                "{grid: {tau: [1]}, measure: [attack, attack]} | measure names a value twice",
                "{grid: {tau: [1]}, alpha: [x]}         | alpha should be numbers, but one is x",
                "{grid: {tau: [1]}, alpha: [-1]}        | alpha should be 0 or more",
                "{grid: {tau: [1]}, alpha: []}          | alpha names no value",
                "{grid: {tau: [1]}, alpha: 0.5}         | alpha should be a list",
                "{grid: {tau: [1]}, seeds: 0}           | A sweep trains 1 to 10000 heads, not 0",
                "{grid: {tau: [1]}, seeds: many}        | seeds should be a whole number, but is many",
                "{grid: {tau: [1]}, preset: imagenet}   | there is no preset imagenet",
                "grid: {tau: [1                         | cannot be read as YAML",
                "grid: {tau: [0.1], tau: [0.9]}         | Duplicate field 'tau'",
                "``                                     | a sweep is a list of keys and values",
            })
    void whatIsWrongIsSaid(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("spec.yaml");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThatThrownBy(() -> read("grid: {tau: [1]}\n---\ngrid: {tau: [2]}\n"))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder.resolve("spec.yaml") + " should be one YAML document, but another one follows");
    }

    /** 128 to the eighth, times 256, is 2 to the 64th, which no long holds. */
    @Test
    void aGridOfAnySizeIsCounted() {
        String values = IntStream.range(0, 256).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String half = IntStream.range(0, 128).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String grid = Stream.of("latent", "tau", "lambda", "batch", "lr", "steps", "noise-std", "check-every")
                .map(name -> "  " + name + ": [" + half + "]\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> read("grid:\n" + grid + "  tau-content: [" + values + "]\n"))
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("A sweep trains 1 to 10000 heads, not 18446744073709551616");
        assertThatThrownBy(() -> read("grid: {tau: [1]}\nalpha: [" + values + "]\n"))
                .isInstanceOf(ClapException.class)
                .hasMessageEndingWith("A sweep measures at most 200 values of alpha, not 256");
    }

    @Test
    void aMissingFileIsSaid() {
        Path absent = folder.resolve("none.yaml");
        assertThatThrownBy(() -> SweepSpec.read(absent))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file " + absent);
    }

    /** Windows' editors put a byte order mark before UTF-8. */
    @Test
    void aByteOrderMarkIsNoPartOfIt() throws IOException {
        String yaml = "grid: {tau: [1, 2]}\n";
        assertThat(read("\uFEFF" + yaml)).isEqualTo(read(yaml));
    }
}
