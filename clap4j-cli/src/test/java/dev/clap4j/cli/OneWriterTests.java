package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.internal.io.FolderLock;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that writes a folder has it for itself. */
class OneWriterTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path data;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        data = SamplePictures.folder();
    }

    private static Path captioned() throws IOException {
        Path captions = Files.createDirectories(folder.resolve("captions"));
        ImageIO.write(
                new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
                "png",
                captions.resolve("a.png").toFile());
        Files.writeString(
                captions.resolve("captions.jsonl"), "{\"image\": \"a.png\", \"caption\": \"a black square\"}\n");
        return captions;
    }

    private static List<List<Object>> commands(Path out) throws IOException {
        Path spec = Files.writeString(folder.resolve("sweep.yaml"), "options: {steps: 20}\ndata: " + data + "\n");
        Path captions = captioned();
        return List.of(
                List.of("train", "--model", model, "--classes", "dog,cat", "--out", out),
                List.of("train", "--model", model, "--classes", "dog,cat", "--out", out, "--overwrite"),
                List.of(
                        "pretrain",
                        "--data",
                        captions,
                        "--architecture",
                        "tiny",
                        "--batch",
                        16,
                        "--vocab-size",
                        514,
                        "--out",
                        out),
                List.of("zeroshot", "--model", model, "--data", data, "--limit", 1, "--styles", "C", "--out", out),
                List.of("fewshot", "--model", model, "--data", data, "--limit", 2, "--shots", 1, "--out", out),
                List.of("attack", "--model", model, "--data", data, "--limit", 1, "--out", out),
                List.of("tsne", "--model", model, "--data", data, "--limit", 6, "--perplexity", 2, "--out", out),
                List.of("sweep", spec, "--model", model, "--out", out),
                List.of("export", "--model", model, "--out", out),
                List.of("preprocess", "--model", model, "--images", data, "--out", out),
                List.of("checkpoint", "random", "--architecture", "tiny", "--out", out),
                List.of("iconworld", "build", "--concepts", 1, "--per-class", 1, "--out", out),
                List.of("synthesize", "--classes", "dog", "--prompts", 1, "--out", out),
                List.of("quickstart", "--out", out),
                List.of(
                        "prompts",
                        "llm",
                        "--classes",
                        "dog",
                        "--endpoint",
                        "http://localhost:1",
                        "--model",
                        "m",
                        "--out",
                        out));
    }

    @Test
    void theSecondIsToldInOneLine() throws IOException {
        Path out = folder.resolve("out");
        try (FolderLock lock = FolderLock.take(out)) {
            assertThat(lock).isNotNull();
            for (List<Object> command : commands(out)) {
                CommandRun run = CommandRun.of(command.toArray());
                assertThat(run.exitCode()).as("%s", command).isEqualTo(Clap.FAILED);
                assertThat(run.err().lines().filter(line -> line.startsWith("clap: " + out)))
                        .as("%s: %s", command, run.err())
                        .containsExactly("clap: " + out + " is being written by another run (process "
                                + ProcessHandle.current().pid()
                                + "); wait until that has ended, or choose another folder");
                try (var files = Files.list(out)) {
                    assertThat(files).as("%s", command).containsExactly(out.resolve(FolderLock.NAME));
                }
            }
        }
    }

    /** A run that failed before it did anything is no reason to refuse the next try. */
    @Test
    void aRunThatFailedAtItsStartBlocksNothing() throws IOException {
        Path out = folder.resolve("failed");
        Path unlike = Files.writeString(
                folder.resolve("unlike.yaml"),
                "options: {steps: 20, check-every: 10}\ngrid: {tau: [0.1, -5]}\ndata: " + data + "\n");
        CommandRun failed = CommandRun.of("sweep", unlike, "--model", model, "--out", out);
        assertThat(failed.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(out.resolve("run.json")).exists();
        Path right = Files.writeString(
                folder.resolve("right.yaml"),
                "options: {steps: 20, check-every: 10, noise-vectors: 0}\ngrid: {tau: [0.1]}\ndata: " + data + "\n");
        CommandRun next = CommandRun.of("sweep", right, "--model", model, "--out", out);
        assertThat(next.err()).isEmpty();
        assertThat(next.exitCode()).isEqualTo(Clap.DONE);
    }
}
