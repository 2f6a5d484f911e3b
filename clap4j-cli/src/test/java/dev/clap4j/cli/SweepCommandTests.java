package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepCommandTests {
    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
    }

    private static Path spec(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    private static CommandRun sweep(Path spec, String out, Object... options) {
        List<Object> all = new ArrayList<>(List.of("sweep", spec, "--out", folder.resolve(out)));
        all.addAll(List.of(options));
        if (!all.contains("--model")) {
            all.addAll(List.of("--model", model));
        }
        return CommandRun.of(all.toArray());
    }

    @Test
    void aGridBecomesATableAndAFolder() throws IOException {
        Path spec = spec("tau.yaml", """
                title: Two temperatures
                data: %s
                preset: pacs
                options: {steps: 20, check-every: 10, noise-vectors: 0}
                grid: {tau: [0.1, 0.5]}
                alpha: [0.5]
                """.formatted(SamplePictures.folder()));
        CommandRun run = sweep(spec, "tau", "--seeds", 2);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("Two temperatures");
        assertThat(lines.get(1)).matches("tau +C +PC +CP +NC +mean of C, PC, CP +R +δ +Δ\\(NC\\)");
        assertThat(lines.get(3)).matches("no head( +-?[\\d.]+){8}");
        assertThat(lines.get(4)).matches("0.1( \\*)?( +-?[\\d.]+ ± [\\d.]+){8}");
        assertThat(lines.get(5)).matches("0.5( \\*)?( +-?[\\d.]+ ± [\\d.]+){8}");
        assertThat(lines.get(6))
                .isEqualTo("336 images, accuracy in %; mean ± sample deviation (n − 1) over 2 heads; * best");
        assertThat(String.join(" ", lines.subList(8, lines.size())))
                .matches(
                        "Best(, equally)?: tau 0\\.[15], alpha 0\\.5.* with .* in the mean of C, PC and CP\\. Without a head: .*"
                                + "Difference: .*(two heads: no interval|same)\\. The best was chosen by .*");

        assertThat(lines).last().isEqualTo("Scores and plots are in " + folder.resolve("tau"));
        assertThat(folder.resolve("tau/sweep.svg")).content().contains("<svg");

        ScoreRows again = ScoreRows.of(sweep(spec, "tau", "--seeds", 2, "--resume", "--json"));
        assertThat(again).isEqualTo(ScoreRows.in(folder.resolve("tau")));
        assertThat(again.with("method", "CLAP").each("tau")).containsExactly("0.1", "0.5");
        assertThat(again.with("method", "CLAP").each("seed")).containsExactly("0", "1");

        assertThat(sweep(spec, "tau", "--seeds", 3, "--resume").err())
                .contains("was started with seeds 2, but now it is 3");
        assertThat(sweep(spec, "tau").err()).contains("already holds a run");
    }

    @Test
    void imagesMustBeNamedSomewhere() throws IOException {
        CommandRun run = sweep(spec("none.yaml", "grid: {tau: [0.1]}"), "none");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("Name the images with --data");
    }

    @Test
    void aPresetBringsItsStrength() throws Exception {
        Path spec = spec("preset.yaml", """
                data: %s
                preset: pacs
                options: {steps: 4, check-every: 4, noise-vectors: 0}
                grid: {tau: [0.1]}
                """.formatted(SamplePictures.folder()));
        CommandRun run = sweep(spec, "preset", "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(ScoreRows.of(run).with("method", "CLAP").each("alpha")).containsExactly("0.208");
    }

    @Test
    void aSweepThatFailsAtTheStartDoesNotBlockTheNext() throws IOException {
        String grid = """
                options: {steps: 4, check-every: 4, noise-vectors: 0}
                grid: {tau: [0.1]}
                """;
        Path spec = spec("again.yaml", grid);
        Path broken = Files.createDirectories(folder.resolve("broken/photo/dog"));
        Files.writeString(broken.resolve("dog.png"), "no picture");
        Path data = SamplePictures.folder();

        CommandRun noModel = sweep(spec, "again", "--data", data, "--model", folder.resolve("nowhere"));
        CommandRun noPicture = sweep(spec, "again", "--data", folder.resolve("broken"));
        CommandRun badOption = sweep(spec("bad.yaml", grid.replace("0.1", "-1")), "again", "--data", data);
        CommandRun run = sweep(spec, "again", "--data", data);

        assertThat(noModel.err()).contains("nowhere");
        assertThat(noPicture.err()).contains("dog.png");
        assertThat(badOption.err()).contains("temperature of a loss should be above 0");
        assertThat(List.of(noModel, noPicture, badOption))
                .allSatisfy(failed -> assertThat(failed.exitCode()).isEqualTo(Clap.FAILED));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    /** The grids of the project can be read, and name their data. */
    @ParameterizedTest
    @ValueSource(strings = {"latent", "temperature", "alpha", "augmentations", "prompts"})
    void theShippedGridsAreComplete(String name) {
        Path spec = Path.of("..", "sweeps", name + ".yaml");
        assertThat(spec).exists();
        CommandRun run = sweep(spec, "shipped-" + name, "--data", folder.resolve("nowhere"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("nowhere");
    }
}
