package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FewshotCommandTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path head;
    private static Path cache;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
        cache = folder.resolve("cache");
    }

    private static List<Object> words(Path out, Object... options) {
        List<Object> all = new ArrayList<>(List.of("fewshot", "--model", model, "--cache", cache));
        all.addAll(List.of("--data", SamplePictures.folder(), "--out", out));
        all.addAll(List.of(options));
        return all;
    }

    private static CommandRun fewshot(Path out, Object... options) {
        return CommandRun.of(words(out, options).toArray());
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void methodsStandSideBySideForEveryNumberOfShots() throws IOException {
        Path out = folder.resolve("table");

        CommandRun run = fewshot(out, "--head", head, "--shots", "4,1", "--seeds", 2);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(1))
                .matches("Method +Shots +art_painting +cartoon +photo +sketch +Mean +Other images +Other domains");
        assertThat(lines.get(3)).matches("CLIP +1( +[\\d.]+ ± [\\d.]+){7}");
        assertThat(lines.get(4)).matches(" +4( +[\\d.]+ ± [\\d.]+){7}");
        assertThat(lines.get(5)).matches("CLAP +1( +[\\d.]+ ± [\\d.]+){7}");
        assertThat(lines.get(7))
                .startsWith("Accuracy in percent of official linear probes")
                .contains("336 images, 7 classes", "mean ± sample deviation (n − 1) over 2 draws");
        assertThat(lines).last().isEqualTo("Scores and plots are in " + out);
        assertThat(out.resolve("fewshot.svg")).content().contains("<svg");
        JsonNode support = json(out.resolve("support.json"));
        assertThat(support.at("/draws/1/domains/sketch/dog")).hasSize(4);
        assertThat(json(out.resolve("run.json")).at("/heads/CLAP/fingerprint").asText())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void aRunNeedNotBeKept() {
        CommandRun run = CommandRun.of(
                "fewshot", "--model", model, "--cache", cache, "--data", SamplePictures.folder(), "--shots", 1);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("over 5 draws").doesNotContain("Scores and plots are in");
    }

    @Test
    void headsHaveNamesAndStrengths() throws IOException {
        Path out = folder.resolve("heads");

        CommandRun run = fewshot(
                out,
                "--head",
                "CLAP=" + head,
                "--head",
                "Im.Aug=" + head,
                "--alpha",
                "0",
                "--alpha",
                "Im.Aug=0.5,1",
                "--shots",
                "2",
                "--seeds",
                1,
                "--limit",
                4,
                "--probe",
                "lbfgs",
                "--json");

        assertThat(run.err()).isEmpty();
        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(out));
        ScoreRows probes = rows.with("measure", "probe");
        assertThat(probes.each("method")).containsExactly("CLIP", "CLAP", "Im.Aug");
        assertThat(probes.with("method", "CLAP").each("alpha")).containsExactly("0.0");
        assertThat(probes.with("method", "Im.Aug").each("alpha")).containsExactly("0.5", "1.0");
        assertThat(json(out.resolve("run.json")).at("/data/images/images").asInt())
                .isEqualTo(4 * 7 * 4);
        assertThat(probes.values()).hasSize(4 * 4);
        assertThat(rows.with("measure", "probe-l2").values()).hasSize(4 * 4).allMatch(l2 -> l2 > 0);
        // At α = 0 a head that keeps the dimension does nothing.
        ScoreRows clip = probes.with("method", "CLIP");
        assertThat(probes.with("method", "CLAP").values()).isEqualTo(clip.values());
        assertThat(probes.with("alpha", "0.5").values()).isNotEqualTo(clip.values());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKilledProcessIsResumedToTheSameResult() throws IOException, InterruptedException {
        Object[] options = {"--shots", "1,2,4,8", "--seeds", 6};
        Path whole = folder.resolve("whole");
        assertThat(fewshot(whole, options).exitCode()).isEqualTo(Clap.DONE);
        Path run = folder.resolve("killed");
        Process process = start(run, options);
        Path log = run.resolve("cells.jsonl");
        while (process.isAlive() && (!Files.exists(log) || Files.size(log) == 0)) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.resolve("scores.jsonl")).doesNotExist();

        CommandRun again = fewshot(run, options);
        assertThat(again.err())
                .isEqualToIgnoringNewLines("clap: " + run
                        + " already holds a run; continue it with --resume, or replace it with --overwrite");
        CommandRun other = fewshot(run, "--shots", "1", "--seeds", 6, "--resume");
        assertThat(other.err())
                .isEqualToIgnoringNewLines("clap: The run in " + run
                        + " was started with shots 1,2,4,8, but now it is 1; resume it as it was started, or"
                        + " start anew with --overwrite");
        List<Object> resume = new ArrayList<>(List.of(options));
        resume.add("--resume");
        CommandRun resumed = fewshot(run, resume.toArray());

        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(run.resolve("scores.jsonl")).hasSameTextualContentAs(whole.resolve("scores.jsonl"));
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines).hasSize(4 * 6 * 4);
        }
    }

    private static Process start(Path run, Object... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        words(run, options).forEach(word -> words.add(word.toString()));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void classesThatRunOutAreMentioned() {
        CommandRun run = fewshot(folder.resolve("small"), "--shots", "1,16", "--seeds", 1, "--limit", 3);

        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "clap: The smallest class of a domain has 3 images, so with as many shots and more all of them"
                                + " are labelled and few or none are left to test on");
        assertThat(run.out().lines().toList().get(4)).matches(" +16 +[\\d.]+");
    }

    @Test
    void mistakesAreExplained() {
        Path out = folder.resolve("mistakes");
        CommandRun alpha = fewshot(out, "--alpha", "0.1");
        assertThat(alpha.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(alpha.err()).startsWith("clap: --alpha applies to a head; give one with --head");
        CommandRun probe = fewshot(out, "--probe", "svm");
        assertThat(probe.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(probe.err()).startsWith("clap: probe should be official or lbfgs, not 'svm'");

        failed(
                "Two methods are called CLAP; give each head its own name, as in --head CLAP=a.safetensors --head"
                        + " Im.Aug=b.safetensors",
                "--head",
                head,
                "--head",
                head);
        failed("--alpha is given for CLIP, but the heads are CLAP", "--head", head, "--alpha", "CLIP=1");
        failed(
                "--alpha auto chooses for zero-shot prompts; here it is a number, such as 0.2",
                "--head",
                head,
                "--alpha",
                "auto");
        wrongUse(
                "Shots are numbers of labelled images of a class, each from 1 on and named once, not [0, 1]",
                "--shots",
                "1,0");
        wrongUse("At least one seed is needed, and each once, not []", "--seeds", "0");
        assertThat(out).doesNotExist();
        CommandRun resume = fewshot(out, "--shots", "1", "--resume");
        assertThat(resume.err())
                .isEqualToIgnoringNewLines(
                        "clap: " + out + " holds no run that could be resumed: there is no " + out.resolve("run.json"));
    }

    private static void failed(String message, Object... options) {
        CommandRun run = fewshot(folder.resolve("mistakes"), options);
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + message);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
    }

    private static void wrongUse(String message, Object... options) {
        CommandRun run = fewshot(folder.resolve("mistakes"), options);
        assertThat(run.err()).isEqualToIgnoringNewLines("clap: " + message + "See clap fewshot --help");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
