package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that write the same folder or the same cache, at once or one after the other was killed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be halted with a signal")
@Tag("slow")
class TwoProcessesTests {
    private static final String HEAD = "head.safetensors";

    @TempDir
    private static Path folder;

    private static Path alone;

    @BeforeAll
    static void trainAlone() {
        alone = folder.resolve("alone");
        CommandRun run = CommandRun.of((Object[]) training(alone));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    private static String[] training(Path out, String... more) {
        List<String> words = List.of(
                "train",
                "--classes",
                "dog,cat",
                "--steps",
                "2000",
                "--check-every",
                "100",
                "--patience",
                "100",
                "--out");
        return Stream.of(words.stream(), Stream.of(out.toString()), Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    /** A process that is in the midst of training. */
    private static Process train(Path out) throws IOException, InterruptedException {
        Path metrics = out.resolve("metrics.jsonl");
        Process process = ChildProcess.java(Clap.class, training(out))
                .start(Files.createDirectories(folder.resolve("said-" + out.getFileName())));
        while (process.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
            Thread.sleep(2);
        }
        return process;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void theSecondIsRefusedAndTheFirstUndisturbed() throws Exception {
        Path out = folder.resolve("out");
        Process first = train(out);
        signal(first, "STOP");
        for (String start : List.of("--overwrite", "--resume")) {
            CommandRun second = CommandRun.of((Object[]) training(out, start));
            assertThat(second.exitCode()).isEqualTo(Clap.FAILED);
            assertThat(second.err().lines().filter(line -> !line.startsWith(CheckpointOption.EMBEDDED)))
                    .containsExactly("clap: " + out + " is being written by another run (process " + first.pid()
                            + "); wait until that has ended, or choose another folder");
        }
        signal(first, "CONT");
        assertThat(first.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isEqualTo(Clap.DONE);
        assertThat(out.resolve(HEAD)).hasBinaryContent(Files.readAllBytes(alone.resolve(HEAD)));
    }

    @Test
    void aKilledProcessBlocksNobody() throws Exception {
        Path out = folder.resolve("killed");
        train(out).destroyForcibly().waitFor();
        assertThat(out.resolve(FolderLock.NAME)).exists();
        CommandRun next = CommandRun.of((Object[]) training(out, "--resume"));
        assertThat(next.exitCode()).as(next.err()).isEqualTo(Clap.DONE);
        assertThat(out.resolve(HEAD)).hasBinaryContent(Files.readAllBytes(alone.resolve(HEAD)));
        try (Stream<Path> left = Files.walk(out)) {
            assertThat(left).noneMatch(AtomicFiles::isPassing);
        }
    }

    /** Libraries, the mini CLIP and features: all of it is put there by both. */
    @Test
    void twoShareANewCache() throws Exception {
        Path data = folder.resolve("data");
        CommandRun build = CommandRun.of(
                "iconworld", "build", "--concepts", 2, "--per-class", 2, "--sets", "unseen", "--out", data);
        assertThat(build.exitCode()).as(build.err()).isEqualTo(Clap.DONE);
        CommandRun right = CommandRun.of("zeroshot", "--data", data, "--no-cache", "--json");
        Path cache = folder.resolve("cache");
        List<Path> places = List.of(folder.resolve("one"), folder.resolve("other"));
        List<Process> both = places.stream()
                .map(place -> {
                    ChildProcess child = ChildProcess.java(Clap.class, "zeroshot", "--data", data.toString(), "--json");
                    child.environment().put("CLAP4J_CACHE", cache.toString());
                    return child.start(made(place));
                })
                .toList();
        for (int i = 0; i < both.size(); i++) {
            assertThat(both.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
            ChildProcess.Result result = ChildProcess.result(both.get(i), places.get(i));
            assertThat(result.err()).singleElement().asString().startsWith(CheckpointOption.EMBEDDED);
            assertThat(result.exitCode()).isEqualTo(Clap.DONE);
            assertThat(result.out()).isEqualTo(right.out().lines().toList());
        }
        try (Stream<Path> left = Files.walk(cache)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    private static Path made(Path place) {
        assertThat(place.toFile().mkdirs()).isTrue();
        return place;
    }
}
