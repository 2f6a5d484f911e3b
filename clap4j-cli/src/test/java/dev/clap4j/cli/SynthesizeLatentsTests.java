package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.diffusion.NpyArrays;
import dev.clap4j.internal.diffusion.pipeline.GoldenCommands;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code clap synthesize --latents}: pictures of the reference implementation, made again. */
class SynthesizeLatentsTests {
    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void name() {
        out = folder.resolve("pictures");
    }

    static Stream<GoldenCommands> commands() {
        return GoldenCommands.all();
    }

    private Object[] words(GoldenCommands golden, Path latents, Object... more) {
        List<Object> words = new ArrayList<>(List.of("synthesize", "--synthesizer", "diffusion", "--out", out));
        words.addAll(List.of("--model", golden.model(), "--latents", latents));
        words.addAll(golden.options());
        words.addAll(List.of(more));
        return words.toArray();
    }

    private Path latents(GoldenCommands golden) throws IOException {
        return NpyArrays.write(
                folder.resolve("latents.npy"),
                golden.latents().toFloats(),
                golden.latents().shape());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandLineGivesTheGoldenPictures(GoldenCommands golden) throws IOException {
        CommandRun run = CommandRun.of(words(golden, latents(golden)));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        List<String> lines = Files.readAllLines(out.resolve("pictures.jsonl"));
        assertThat(lines).hasSize((int) golden.images().shape()[0]);
        for (int i = 0; i < lines.size(); i++) {
            String file = new JsonMapper().readTree(lines.get(i)).get("file").asText();
            assertThat(file).endsWith("/" + i + ".png");
            assertLevels(
                    ImageIO.read(out.resolve(file).toFile()),
                    golden.images().rows(i, 1).toLongs());
        }
    }

    /** Compares with levels {@code [height, width, 3]}. */
    private static void assertLevels(BufferedImage image, long[] levels) {
        assertThat(3 * image.getWidth() * image.getHeight()).isEqualTo(levels.length);
        for (int i = 0; i < levels.length; i++) {
            int pixel = i / 3;
            int rgb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
            int level = (rgb >> (8 * (2 - i % 3))) & 0xFF;
            assertThat(Math.abs(level - levels[i])).as("value " + i).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void impossibleLatentsAreExplainedBeforeAnythingIsWritten() throws IOException {
        GoldenCommands golden = commands().findFirst().orElseThrow();
        Path latents = latents(golden);
        CommandRun images = CommandRun.of(words(golden, latents, "--images", folder));
        assertThat(images.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(images.err())
                .startsWith("clap: Pictures begin with those of --images or with the noise of --latents");
        CommandRun world = CommandRun.of("synthesize", "--classes", "dog", "--out", out, "--latents", latents);
        assertThat(world.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(world.err()).startsWith("clap: --latents is not an option of --synthesizer iconworld");
        Files.writeString(latents, "no numbers");
        CommandRun damaged = CommandRun.of(words(golden, latents));
        assertThat(damaged.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(damaged.err())
                .startsWith("clap: " + latents + " is not in NumPy's format")
                .hasLineCount(1);
        NpyArrays.write(
                latents,
                golden.latents().rows(0, 1).toFloats(),
                golden.latents().rows(0, 1).shape());
        List<Object> twice = new ArrayList<>(List.of(words(golden, latents)));
        twice.set(twice.indexOf("--per-prompt") + 1, 2);
        CommandRun two = CommandRun.of(twice.toArray());
        assertThat(two.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(two.err()).contains("has latents of 1 pictures of a prompt").hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
