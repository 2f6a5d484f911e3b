package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTests {
    @TempDir
    static Path folder;

    @Test
    void everyJobHasALine() throws Exception {
        Path model = TinyModel.write(folder.resolve("model"));

        CommandRun run =
                CommandRun.of("bench", "--model", model, "--data", SamplePictures.folder(), "--seconds", 0, "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode rows = new ObjectMapper().readTree(run.out()).get("rows");
        assertThat(rows.valueStream().map(row -> row.get("unit").asText()))
                .startsWith("GFLOP/s", "images/s", "images/s", "texts/s", "steps/s", "images/s");
        assertThat(rows.valueStream().map(row -> row.get("value").asDouble())).allMatch(value -> value > 0);
        assertThat(rows.get(1).get("limitShare").asDouble()).isPositive();
        assertThat(rows.get(4).get("limitShare").isNull()).isTrue();
    }

    @Test
    void someJobsCanBeChosen() throws Exception {
        Path model = TinyModel.write(folder.resolve("chosen"));
        CommandRun run =
                CommandRun.of("bench", "--model", model, "--jobs", "training,images", "--seconds", 0, "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode rows = new ObjectMapper().readTree(run.out()).get("rows");
        assertThat(rows.valueStream().map(row -> row.get("unit").asText()))
                .containsExactly("images/s", "steps/s", "GiB");
    }

    @Test
    void jobsOnImagesNeedSome() {
        CommandRun run = CommandRun.of("bench", "--jobs", "gradients");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("The jobs files and gradients need images: give --data");
    }

    @Test
    void growingNumbersAreTimedAndPlotted() throws Exception {
        Path model = TinyModel.write(folder.resolve("scaled"));
        Path plots = folder.resolve("plots");

        CommandRun run = CommandRun.of("bench", "--model", model, "--seconds", 0, "--scaling", plots);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode scaling =
                new ObjectMapper().readTree(plots.resolve("scaling.json").toFile());
        assertThat(scaling.get("images").valueStream().map(point -> point.get("count")
                        .asInt()))
                .containsExactly(8, 16, 32, 64, 128);
        assertThat(scaling.get("texts").valueStream().map(point -> point.get("count")
                        .asInt()))
                .containsExactly(480, 2400, 4800, 9600, 19200);
        assertThat(scaling.get("texts").valueStream().map(point -> point.get("seconds")
                        .asDouble()))
                .allMatch(seconds -> seconds > 0);
        assertThat(plots.resolve("scaling.svg")).content().contains("Time of encoding");
        assertThat(ImageIO.read(plots.resolve("scaling.png").toFile()).getWidth())
                .isPositive();
        assertThat(run.out().lines().filter(line -> line.startsWith("images"))).hasSize(5);
    }
}
