package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.clap4j.internal.io.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs of every kind that were saved once give the same scores when they are run again. They are renewed by
 * {@code -Dclap4j.renew-runs=true}, which is right only if scores change on purpose.
 */
class SavedRunsTests {
    private static final Path RUNS = Path.of("..", "testdata", "runs");
    private static final String PICTURES = RUNS.resolve("pictures").toString();
    private static final String HEAD = RUNS.resolve("train/head.safetensors").toString();

    /** The commands, the training first, whose head the others measure. */
    private static final Map<String, List<String>> COMMANDS = Map.of(
            "train", List.of("train", "--classes", "circle,cross,square", "--steps", "40", "--check-every", "20"),
            "zeroshot", measured("zeroshot"),
            "mixed", measured("mixed", "--draws", "3"),
            "fewshot", measured("fewshot", "--shots", "1,2", "--seeds", "2"),
            "attack", measured("attack", "--attacks", "fgsm,pgd-3", "--limit", "2"),
            "tsne", measured("tsne", "--perplexity", "5", "--iterations", "50"),
            "variance", measured("variance"),
            "retrieval", measured("retrieval"),
            "sweep", List.of("sweep", RUNS.resolve("sweep.yaml").toString()));

    private static List<String> measured(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--data", PICTURES, "--head", HEAD, "--alpha", "0.5"));
        return command;
    }

    static Stream<String> kinds() {
        return COMMANDS.keySet().stream().sorted();
    }

    private static CommandRun run(List<String> words, Object... more) {
        return CommandRun.of(Stream.concat(words.stream(), Stream.of(more)).toArray());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSavedRunGivesTheSameScores(String kind) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            CommandRun again = CommandRun.of(
                    "rerun", RUNS.resolve(kind), "--out", folder.path().resolve("again"));
            assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
            assertThat(again.out()).contains("values").doesNotContain("are different");
        }
    }

    @Test
    void renew() throws IOException {
        assumeThat(Boolean.getBoolean("clap4j.renew-runs")).isTrue();
        renew("train");
        for (String kind : kinds().filter(kind -> !kind.equals("train")).toList()) {
            renew(kind);
        }
    }

    /** Runs a command and keeps what a rerun is compared with. */
    private static void renew(String kind) throws IOException {
        Path folder = RUNS.resolve(kind);
        CommandRun saved = run(COMMANDS.get(kind), "--out", folder, "--overwrite");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
        List<String> kept = List.of("run.json", "scores.jsonl", "head.safetensors");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                boolean isKept = file.getParent().equals(folder)
                        && kept.contains(file.getFileName().toString());
                if (!isKept && !file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
        // The folder of the images says where this checkout is.
        Path record = folder.resolve("run.json");
        String here = RUNS.toAbsolutePath().normalize().toString();
        Files.writeString(record, Files.readString(record).replace(here, RUNS.toString()));
    }
}
