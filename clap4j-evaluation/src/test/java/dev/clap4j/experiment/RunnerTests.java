package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTests {
    private static final Measure HALF = Measure.accuracy("half", "Half", "half");
    private static final Dataset DATA = WordWorld.dataset("data", "one");

    @TempDir
    private Path folder;

    private final List<String> computed = new ArrayList<>();

    /** Four cells, each of a domain with two images, one of which is right. */
    private record Four(List<String> computed, int killedAfter) implements Measurement {
        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public Layout layout() {
            return new Layout("four", "Four cells", List.of(), List.of());
        }

        @Override
        public List<Cell> cells(Context context) {
            return IntStream.range(0, 4)
                    .mapToObj(cell -> new Cell(Condition.NONE.with(Condition.DOMAIN, "d" + cell), 10))
                    .toList();
        }

        @Override
        public Results run(Cell cell, Context context, Steps steps) {
            if (computed.size() == killedAfter) {
                throw new IllegalStateException("killed");
            }
            computed.add(cell.condition().get(Condition.DOMAIN));
            return Results.ofImages(List.of(
                            ImageValues.of(HALF, Method.CLIP.condition().and(cell.condition()), new double[] {1, 0})))
                    .and(new Results(List.of(), List.of(), Map.of(computed.size() + ".png", "A picture")));
        }
    }

    private static Trial trial(Measurement measurement) {
        EncodedDataset images = EncodedDataset.of(DATA, new WordWorld().images(DATA.files(), Progress.NONE));
        return new Trial(
                new Subject(
                        Optional.empty(),
                        new WordWorld(),
                        images,
                        List.of(Method.CLIP),
                        Condition.NONE.with(Condition.SEED, 3)),
                measurement);
    }

    private static ObjectNode record(String kind, String... options) {
        RunDescription description = RunDescription.of(kind, "clap " + kind, Map.of());
        for (String option : options) {
            description.option(option.replaceFirst("=.*", ""), option.replaceFirst(".*=", ""));
        }
        return description.json();
    }

    private Runner open(RunStart start, String... options) {
        return Runner.open(folder.resolve("run"), start, record("four", options), Progress.NONE);
    }

    private Results run(RunStart start, int killedAfter) {
        try (Runner runner = open(start)) {
            runner.run(trial(new Four(computed, killedAfter)));
            return runner.finish();
        }
    }

    private Path file(String name) {
        return folder.resolve("run").resolve(name);
    }

    @Test
    void everyFileIsWritten() throws IOException {
        Results results = run(RunStart.NEW, -1);

        assertThat(results.scores()).hasSize(4).allMatch(score -> score.value() == 50);
        assertThat(Files.readAllLines(file("scores.jsonl")))
                .hasSize(4)
                .first()
                .isEqualTo("{\"measure\":\"half\",\"method\":\"CLIP\",\"domain\":\"d0\",\"value\":50.0}");
        assertThat(Files.readAllLines(file("images.jsonl")))
                .hasSize(4)
                .first()
                .isEqualTo("{\"measure\":\"half\",\"condition\":{\"method\":\"CLIP\",\"domain\":\"d0\"},\"from\":0,"
                        + "\"values\":\"10\"}");
        assertThat(file("pictures.json"))
                .content()
                .isEqualTo("{\"1.png\":\"A picture\",\"2.png\":\"A picture\",\"3.png\":\"A picture\","
                        + "\"4.png\":\"A picture\"}\n");
        assertThat(Files.readAllLines(file("cells.jsonl"))).hasSize(4);
    }

    @Test
    void aKilledRunGoesOnWithTheNextCell() throws IOException {
        assertThatThrownBy(() -> run(RunStart.NEW, 2)).hasMessage("killed");
        assertThat(Files.readAllLines(file("cells.jsonl"))).hasSize(2);
        assertThat(file("scores.jsonl")).doesNotExist();
        // As after a power cut in the middle of a line.
        Files.writeString(file("cells.jsonl"), Files.readString(file("cells.jsonl")) + "{\"key\":\"[\\\"fo");

        Results results = run(RunStart.RESUME, -1);

        assertThat(computed).containsExactly("d0", "d1", "d2", "d3");
        assertThat(results.scores())
                .extracting(score -> score.condition().get(Condition.DOMAIN))
                .containsExactly("d0", "d1", "d2", "d3");
        assertThat(Files.readAllLines(file("cells.jsonl"))).hasSize(4);
    }

    @Test
    void whatIsFinishedIsNotComputedAgain() throws IOException {
        run(RunStart.NEW, -1);
        byte[] before = Files.readAllBytes(file("scores.jsonl"));
        computed.clear();

        run(RunStart.RESUME, -1);

        assertThat(computed).isEmpty();
        assertThat(file("scores.jsonl")).hasBinaryContent(before);
        try (Runner runner = open(RunStart.RESUME)) {
            assertThat(runner.has(trial(new Four(computed, -1)))).isTrue();
        }
        Files.delete(file("cells.jsonl"));
        try (Runner runner = open(RunStart.RESUME)) {
            assertThat(runner.has(trial(new Four(computed, -1)))).isFalse();
        }
    }

    @Test
    void aDamagedLineIsNamedAndTheFolderIsFreeAgain() throws IOException {
        run(RunStart.NEW, -1);
        List<String> lines = Files.readAllLines(file("cells.jsonl"));
        List<String> damaged = new ArrayList<>(lines);
        damaged.set(1, lines.get(1).replace("\"10\"", "\"11\""));
        Files.write(file("cells.jsonl"), damaged);

        assertThatThrownBy(() -> open(RunStart.RESUME))
                .isInstanceOf(ClapException.class)
                .hasMessage("Line 2 of " + file("cells.jsonl")
                        + " is no finished cell: its checksum does not match; delete the line to have it computed"
                        + " again");

        damaged.remove(1);
        Files.write(file("cells.jsonl"), damaged);
        computed.clear();
        Results results = run(RunStart.RESUME, -1);
        assertThat(computed).containsExactly("d1");
        assertThat(results.scores())
                .extracting(score -> score.condition().get(Condition.DOMAIN))
                .containsExactly("d0", "d1", "d2", "d3");
    }

    @Test
    void anotherRunIsNotOverwritten() throws IOException {
        run(RunStart.NEW, -1);

        assertThatThrownBy(() -> open(RunStart.NEW))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder.resolve("run") + " already holds a run");
        assertThatThrownBy(
                        () -> Runner.open(folder.resolve("run"), RunStart.OVERWRITE, record("fewshot"), Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder.resolve("run")
                        + " holds a run of another kind, four; choose another folder for fewshot");
        assertThat(Files.readAllLines(file("scores.jsonl"))).hasSize(4);

        open(RunStart.OVERWRITE).close();
        assertThat(folder.resolve("run"))
                .isDirectoryNotContaining(file -> !file.endsWith("run.json")
                        && !file.getFileName().toString().startsWith("."));
    }

    @Test
    void otherOptionsAreRefusedByName() {
        open(RunStart.NEW, "noise-batch=64", "seed=0").close();

        assertThatThrownBy(() -> open(RunStart.RESUME, "noise-batch=16", "seed=0"))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        "The run in " + folder.resolve("run") + " was started with noise-batch 64, but now it is 16");
        assertThatThrownBy(() -> open(RunStart.RESUME, "noise-batch=64"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("was started with seed 0, but now it is nothing");
        open(RunStart.RESUME, "noise-batch=64", "seed=0").close();
    }

    @Test
    void thereMustBeARunToResume() {
        assertThatThrownBy(() -> open(RunStart.RESUME))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("holds no run that could be resumed");
    }

    @Test
    void theVersionsOfAllThatComputesAreRecorded() {
        assertThat(record("four").path("versions").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("clap4j", "openblas", "java", "os", "onnxruntime");
        assertThat(record("four").at("/versions/onnxruntime").asText()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void anArchitectureWithoutANameIsDescribed() {
        ClipArchitecture tiny = Architectures.named("tiny");
        TextTransformer text = (TextTransformer) tiny.text();
        TextTransformer few = new TextTransformer(
                text.contextLength(),
                1558,
                text.width(),
                text.layers(),
                text.heads(),
                text.mlpWidth(),
                text.embedDim(),
                text.activation(),
                text.epsilon());
        assertThat(RunDescription.architecture(tiny)).isEqualTo("tiny");
        assertThat(RunDescription.architecture(new ClipArchitecture(tiny.vision(), few)))
                .isEqualTo("VisionTransformer of 32 px, 64 dimensions, 1558 tokens");
    }

    @Test
    void onlyOneRunnerWritesAFolder() {
        try (Runner first = open(RunStart.NEW)) {
            assertThat(first.folder()).isEqualTo(folder.resolve("run"));
            assertThatThrownBy(() -> open(RunStart.RESUME)).isInstanceOf(ClapException.class);
        }
        open(RunStart.RESUME).close();
    }

    @Test
    void stepsAreThoseOfTheCells() {
        ToldProgress told = ToldProgress.patient();
        try (Runner runner = Runner.open(folder.resolve("run"), RunStart.NEW, record("four"), told)) {
            runner.run(trial(new Four(computed, -1)));
        }
        assertThat(told.parts()).containsExactly("Four cells, seed 3");
        assertThat(told.steps()).isEqualTo(40);
        assertThat(told.done()).isEqualTo(40);
    }

    @Test
    void aStoppedRunKeepsItsCells() throws IOException {
        ToldProgress impatient = ToldProgress.stopping(told -> told.done() >= 20);
        try (Runner runner = Runner.open(folder.resolve("run"), RunStart.NEW, record("four"), impatient)) {
            Trial trial = trial(new Four(computed, -1));
            assertThatThrownBy(() -> runner.run(trial)).isInstanceOfSatisfying(StoppedException.class, stopped -> {
                assertThat(stopped.done()).isEqualTo(20);
                assertThat(stopped.steps()).isEqualTo(40);
            });
        }
        assertThat(Files.readAllLines(file("cells.jsonl"))).hasSize(2);
    }
}
