package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsneCommandTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path head;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
    }

    private static CommandRun tsne(Object... options) {
        List<Object> all = new ArrayList<>(List.of(
                "tsne", "--model", model, "--data", SamplePictures.folder(), "--cache", folder.resolve("cache")));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    @Test
    void methodsStandBelowEachOther() {
        Path out = folder.resolve("out");

        CommandRun run =
                tsne("--domain", "sketch", "--head", head, "--alpha", "0.25,0.5", "--out", out, "--iterations", 50);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(1)).startsWith("Domain  Method ");
        assertThat(lines.get(3)).matches("sketch +CLIP( +-?\\d+\\.\\d{3}){6}");
        assertThat(lines.get(4)).matches(" +CLAP \\(alpha 0\\.25\\)( +-?\\d+\\.\\d{3}){6}");
        assertThat(lines.get(5)).matches(" +CLAP \\(alpha 0\\.5\\)( +-?\\d+\\.\\d{3}){6}");
        assertThat(lines).last().isEqualTo("Scores and plots are in " + out);
        assertThat(out.resolve("sketch.png")).isNotEmptyFile();
        assertThat(out.resolve("sketch.svg")).isNotEmptyFile();
        assertThat(out.resolve("photo.png")).doesNotExist();
    }

    @Test
    void picturesNeedAFolder() {
        CommandRun run = tsne("--domain", "sketch");

        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).startsWith("clap: Missing required option").contains("--out");
    }

    @Test
    void jsonIsTheRowsInTheFolder() throws Exception {
        Path out = folder.resolve("json");

        CommandRun run = tsne(
                "--classes",
                "dog,horse",
                "--limit",
                10,
                "--perplexity",
                5,
                "--seed",
                3,
                "--iterations",
                20,
                "--out",
                out,
                "--json");

        assertThat(run.err()).isEmpty();
        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(out));
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/options/seed").asText()).isEqualTo("3");
        assertThat(record.at("/data/images/classes")).hasSize(2);
        assertThat(record.at("/data/images/domains/sketch").asInt()).isEqualTo(20);
        assertThat(rows.each("domain")).hasSize(4);
        assertThat(rows.with("measure", "map-silhouette", "domain", "photo").values())
                .hasSize(1);
    }

    @Test
    void mistakesAreExplained() {
        CommandRun few = tsne("--limit", 2, "--out", folder.resolve("few"));
        assertThat(few.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(few.err())
                .isEqualToIgnoringNewLines(
                        "clap: t-SNE with perplexity 30.0 needs at least 60 points, but there are 14;"
                                + " take more images or a lower perplexity");

        CommandRun domain = tsne("--domain", "paintings", "--out", folder.resolve("few"));
        assertThat(domain.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(domain.err()).startsWith("clap: There is no domain paintings in ");

        CommandRun perplexity = tsne("--perplexity", 0, "--out", folder.resolve("few"));
        assertThat(perplexity.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(perplexity.err()).startsWith("clap: The perplexity of t-SNE is a number above 1");

        CommandRun alpha = tsne("--alpha", 0.5, "--out", folder.resolve("few"));
        assertThat(alpha.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(alpha.err()).contains("--head");
        assertThat(folder.resolve("few")).doesNotExist();
    }
}
