package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.head.Head;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands without {@code --model} use the model that comes with the program, and say so in one line. */
class DefaultModelTests {
    private static final String NOTE = "clap: no --model, so the mini CLIP that comes with clap4j is used (trained on"
            + " drawn icons; real photographs need a real CLIP)";

    @TempDir
    static Path folder;

    private static Path data;
    private static Path texts;

    @BeforeAll
    static void write() throws IOException {
        data = folder.resolve("data");
        for (String name : List.of("dog", "cat")) {
            Path of = Files.createDirectories(data.resolve(name));
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(name.length(), 2, 0xFF00FF);
            ImageIO.write(image, "png", of.resolve("1.png").toFile());
        }
        texts = Files.writeString(folder.resolve("texts.txt"), "a dog\n");
    }

    static Stream<List<Object>> commands() {
        return Stream.of(
                List.of("tokenize", "a dog"),
                List.of("preprocess", "--images", data, "--out", folder.resolve("pixels.safetensors")),
                List.of("embed", "--texts", texts, "--out", folder.resolve("texts.npy")),
                List.of("classify", "--classes", "dog,cat", data),
                List.of("zeroshot", "--data", data, "--no-cache"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itIsUsedAndNamed(List<Object> command) {
        CommandRun run = CommandRun.of(command.toArray());

        assertThat(run.err().lines()).containsExactly(NOTE);
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out()).isNotEmpty();
    }

    @Test
    void headsOfItRememberItsName() {
        Path out = folder.resolve("run");

        CommandRun run = CommandRun.of("train", "--classes", "dog,cat", "--steps", 4, "--out", out);

        assertThat(run.err().lines()).first().isEqualTo(NOTE);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(Head.load(out.resolve("head.safetensors")).info().backboneName())
                .isEqualTo("mini-clip");
    }
}
