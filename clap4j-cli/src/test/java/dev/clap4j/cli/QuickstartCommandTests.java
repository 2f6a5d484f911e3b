package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartCommandTests {
    private static final List<Color> COLOURS = List.of(Color.RED, Color.GREEN, Color.BLUE);

    /** The line printed instead of a progress bar. */
    private static final String BEGUN =
            "clap: training 2 heads and measuring what they change on your pictures …" + System.lineSeparator();

    @TempDir
    static Path folder;

    private static Path model;
    private static Path seen;
    private static Path unseen;

    @BeforeAll
    static void drawPictures() throws IOException {
        model = TinyModel.write(folder.resolve("model"));
        seen = draw(folder.resolve("seen"), "oil", "pencil");
        unseen = draw(folder.resolve("unseen"), "chalk", "wood");
    }

    /** Each class a colour, each domain a background. */
    private static Path draw(Path root, String... domains) throws IOException {
        for (int d = 0; d < domains.length; d++) {
            for (int c = 0; c < COLOURS.size(); c++) {
                Path of = Files.createDirectories(root.resolve(domains[d])
                        .resolve(List.of("ball", "cube", "cone").get(c)));
                for (int i = 0; i < 4; i++) {
                    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
                    Graphics2D graphics = image.createGraphics();
                    graphics.setColor(new Color(60 * d, 90, 120));
                    graphics.fillRect(0, 0, 32, 32);
                    graphics.setColor(COLOURS.get(c));
                    graphics.fillOval(i, i, 20, 20);
                    graphics.dispose();
                    ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
                }
            }
        }
        return root;
    }

    private static CommandRun quickstart(Path out, Object... options) {
        List<Object> all = new ArrayList<>(List.of("quickstart", "--out", out, "--model", model));
        all.addAll(List.of("--seen", seen, "--unseen", unseen, "--steps", 30));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    @Test
    void aTableAReportAndTheHeads() throws IOException {
        Path out = folder.resolve("out");

        CommandRun run = quickstart(out, "--seeds", 2);

        assertThat(run.err()).isEqualTo(BEGUN);
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).matches("Measure +CLIP +CLAP +Difference +95 % interval +CLAP is");
        assertThat(lines).contains("24 unseen images, 24 seen; α chosen on seen ones");
        assertThat(lines).last().isEqualTo("Report: " + out.resolve("report.html"));
        assertThat(out.resolve("heads/head-1/head.safetensors")).isRegularFile();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains(
                        "clap quickstart --out " + out + " --model " + model,
                        "chalk",
                        "oil",
                        "unseen domains",
                        "seen domains");
        assertThat(CommandRun.of("head", "inspect", out.resolve("heads/head-0/head.safetensors"))
                        .exitCode())
                .isEqualTo(Clap.DONE);
    }

    @Test
    void jsonIsARowForEachScoreAndIsKeptBesideTheReport() throws IOException {
        Path out = folder.resolve("json");

        CommandRun run = quickstart(out, "--seeds", 2, "--json");

        assertThat(run.err()).isEqualTo(BEGUN);
        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(out));
        assertThat(rows.each("measure"))
                .contains(
                        "probe",
                        "probe-unlabelled",
                        "probe-other-domains",
                        "mixed-templates",
                        "variance-class",
                        "variance-type",
                        "zeroshot-mean");
        assertThat(rows.with("measure", "zeroshot-mean", "data", "unseen", "method", "CLAP")
                        .each("seed"))
                .containsExactly("0", "1");
        assertThat(rows.with("measure", "probe").each("domain")).containsExactly("chalk", "wood");
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/data/unseen/domains").fieldNames()).toIterable().containsExactly("chalk", "wood");
        assertThat(new ObjectMapper().readTree(out.resolve("samples.json").toFile()))
                .hasSize(16);
    }

    @Test
    void mistakesAreExplained() {
        CommandRun half = CommandRun.of("quickstart", "--model", model);
        assertThat(half.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(half.err()).contains("--seen", "--unseen");

        CommandRun none = quickstart(folder.resolve("none"), "--seeds", 0);
        assertThat(none.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(none.err())
                .isEqualToIgnoringNewLines(
                        "clap: At least one head must be trained; give 1 seed or moreSee clap quickstart --help");
    }

    @Test
    void picturesOfOnesOwnAreCountedByNobodyElse() {
        CommandRun run = quickstart(folder.resolve("both"), "--per-class", 2);

        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err())
                .startsWith("clap: --per-class is for the pictures that come with clap4j, not for your own.");
    }

    @Test
    void withoutAnythingItUsesWhatComesWithTheProgram() throws IOException {
        Path out = folder.resolve("embedded");

        CommandRun run =
                CommandRun.of("quickstart", "--out", out, "--per-class", 1, "--seeds", 1, "--steps", 10, "--json");

        assertThat(run.err())
                .isEqualTo("clap: drawing pictures, training a head and measuring what they change: about a minute …"
                        + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.get("models").fieldNames()).toIterable().containsExactly("mini-clip");
        JsonNode unseen = record.at("/data/unseen");
        assertThat(unseen.get("classes")).hasSize(77);
        assertThat(unseen.get("domains").fieldNames())
                .toIterable()
                .containsExactly("fluent-emoji", "fluent-emoji-flat", "fluent-emoji-high-contrast", "fxemoji");
        assertThat(record.at("/data/seen/domains")).hasSize(7);
        assertThat(record.at("/data/seen/images").asInt()).isEqualTo(7 * 77);
        assertThat(unseen.get("images").asInt()).isEqualTo(4 * 77);
        assertThat(ScoreRows.of(run).with("measure", "variance-type").values()).isNotEmpty();
        assertThat(out.resolve("features")).doesNotExist();
    }
}
