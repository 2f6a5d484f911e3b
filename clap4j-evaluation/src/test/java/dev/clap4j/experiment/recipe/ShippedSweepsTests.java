package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.source.PromptSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specifications that ship with clap4j, against the paper's ablation tables and figure 6. */
class ShippedSweepsTests {
    private static final Path FOLDER = Path.of("../sweeps");

    private static SweepSpec read(String name) {
        return SweepSpec.read(FOLDER.resolve(name + ".yaml"));
    }

    /** The combinations of the authors' runs, as they name them, with the number of noise vectors. */
    @Test
    void augmentationsAreThoseOfTheAuthors() {
        List<Map<String, String>> points = read("augmentations").points();

        assertThat(points)
                .containsExactly(
                        point("eda", 4),
                        point("OSD,OCD,ITD,ASD", 0),
                        point("OSD,OCD,ITD,ASD,SPO", 0),
                        point("OSD,OCD,ITD,ASD", 4),
                        point("OSD,OCD,ITD,ASD,SPO", 4),
                        point("ITD,ASD,SPO", 4),
                        point("OSD,OCD,SPO", 4));
        assertThat(points)
                .extracting(point -> Augmentation.parse(point.get("augment")))
                .doesNotContain(Augmentation.NONE)
                .startsWith(Augmentation.EDA)
                .endsWith(Augmentation.OFFICIAL);
    }

    private static Map<String, String> point(String augmentation, int noiseVectors) {
        return Map.of("augment", augmentation, "noise-vectors", String.valueOf(noiseVectors));
    }

    @Test
    void promptSourcesAreThoseOfThePaper() {
        List<String> sources = read("prompts").grid().get("prompts");

        assertThat(sources)
                .extracting(source -> PromptSource.parse(source).name())
                .containsExactlyInAnyOrder("template", "random", "llm", "promptstyler");
        String llm = sources.stream()
                .filter(source -> source.startsWith("llm:"))
                .findFirst()
                .orElseThrow();
        assertThat(Path.of(llm.substring(4))).isDirectory().isEqualTo(FOLDER.resolve("llm-prompts"));
        assertThat(PromptSource.parse(llm).of("dog")).hasSizeGreaterThan(10).allMatch(prompt -> prompt.contains("dog"));
    }

    @ParameterizedTest
    @CsvSource({"alpha, alpha", "temperature, tau", "latent, latent"})
    void figureSixVariesOneOption(String name, String option) {
        SweepSpec spec = read(name);

        assertThat(spec.seeds()).isEqualTo(3);
        if (option.equals("alpha")) {
            assertThat(spec.grid()).isEmpty();
            assertThat(spec.alphas()).hasSizeGreaterThan(5).contains(0f, 1f);
        } else {
            assertThat(spec.grid()).containsOnlyKeys(option);
            assertThat(spec.alphas()).hasSize(1);
        }
    }

    @Test
    void everyFileIsTested() throws Exception {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrder(
                            "alpha.yaml", "augmentations.yaml", "latent.yaml", "prompts.yaml", "temperature.yaml");
        }
    }
}
