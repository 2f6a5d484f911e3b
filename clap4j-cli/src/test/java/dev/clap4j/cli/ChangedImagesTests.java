package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose images were replaced under the same names is another one, and not resumed. */
class ChangedImagesTests {
    @TempDir
    Path folder;

    /** Two images of each of two classes. */
    private Path images() throws IOException {
        Path data = folder.resolve("data");
        for (String name : List.of("dog", "horse")) {
            Path target = Files.createDirectories(data.resolve(name));
            List<Path> some = of(name);
            for (int i = 0; i < 2; i++) {
                Files.copy(some.get(i), target.resolve(i + ".jpg"));
            }
        }
        return data;
    }

    private static List<Path> of(String name) throws IOException {
        try (Stream<Path> files = Files.list(SamplePictures.folder().resolve("photo/" + name))) {
            return files.sorted().limit(3).toList();
        }
    }

    private static void replaceOne(Path data) throws IOException {
        Files.copy(of("dog").get(2), data.resolve("dog/1.jpg"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void assertNotResumed(Object... words) {
        Object[] again = Stream.concat(Stream.of(words), Stream.of("--resume")).toArray();
        CommandRun run = CommandRun.of(again);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err())
                .containsPattern(
                        "was started with the data set images' fingerprint [0-9a-f]{32}, but now it is [0-9a-f]{32};"
                                + " resume it as it was started, or start anew with --overwrite");
    }

    @Test
    void byFewshot() throws IOException {
        Path data = images();
        Path model = TinyModel.write(folder.resolve("model"));
        Object[] words = {
            "fewshot", "--model", model, "--data", data, "--shots", "1", "--seeds", "1", "--out", folder.resolve("run")
        };
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        replaceOne(data);
        assertNotResumed(words);
    }

    @Test
    void bySweep() throws IOException {
        Path data = images();
        Path model = TinyModel.write(folder.resolve("model"));
        Path spec = Files.writeString(folder.resolve("grid.yaml"), """
                options: {steps: 4, check-every: 4, noise-vectors: 0}
                grid: {tau: [0.1]}
                """);
        Object[] words = {"sweep", spec, "--model", model, "--data", data, "--out", folder.resolve("run")};
        CommandRun run = CommandRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        replaceOne(data);
        assertNotResumed(words);
    }
}
