package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.HeadNetwork;
import dev.clap4j.training.Preset;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.TrainingResult.Outcome;
import dev.clap4j.training.objective.ClapObjective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClapTrainerTests {
    private static final ClapOptions OPTIONS = FakeEncoder.options();
    private static final Backbone BACKBONE = new Backbone("fake", "f00d", "none");

    @TempDir
    Path folder;

    private final FakeEncoder encoder = new FakeEncoder();

    /** The steps at which the head was kept. */
    private static List<Integer> improvedAt(ToldProgress told) {
        return told.milestones().stream()
                .filter(line -> line.endsWith(", head kept"))
                .map(line -> Integer.valueOf(line.substring("step ".length(), line.indexOf(':'))))
                .toList();
    }

    private TrainingResult train(Path run, ClapOptions options, RunStart start, Progress progress) {
        return new ClapTrainer(options, BACKBONE, encoder).train(run, start, "clap train", progress);
    }

    private byte[] uninterrupted(ClapOptions options) throws IOException {
        Path whole = folder.resolve("whole");
        train(whole, options, RunStart.NEW, Progress.NONE);
        return Files.readAllBytes(whole.resolve("head.safetensors"));
    }

    private static ClapOptions withNoise(boolean noise) {
        return noise ? OPTIONS : OPTIONS.withNoise(ContextNoise.NONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameSeedGivesTheSameBytes(boolean noise) throws IOException {
        byte[] whole = uninterrupted(withNoise(noise));
        Path again = folder.resolve("again");
        train(again, withNoise(noise), RunStart.NEW, Progress.NONE);
        assertThat(again.resolve("head.safetensors")).hasBinaryContent(whole);
        train(again, withNoise(noise).withSeed(4), RunStart.OVERWRITE, Progress.NONE);
        assertThat(Files.readAllBytes(again.resolve("head.safetensors"))).isNotEqualTo(whole);
    }

    @Test
    void planningIsReported() {
        ToldProgress told = ToldProgress.patient();
        // Six checks are at least needed to end a run; three times as many intervals are planned at once.
        train(folder.resolve("planned"), OPTIONS.withSchedule(new Schedule(100, 20, 5, 0)), RunStart.NEW, told);
        assertThat(told.notes()).startsWith("planning 0/100", "planning 20/100", "planning 40/100");
    }

    /** Patience that is short beside the run has texts encoded in two parts. */
    @ParameterizedTest
    @CsvSource({"true, 20, 5", "false, 20, 2147483647", "false, 10, 2"})
    void aRunInterruptedAnywhereGivesTheSameHead(boolean noise, int checkEvery, int patience) throws IOException {
        ClapOptions options =
                withNoise(noise).withLearningRate(3e-3).withSchedule(new Schedule(100, checkEvery, patience, 0));
        byte[] whole = uninterrupted(options);
        List<Predicate<ToldProgress>> moments = List.of(
                at -> at.note().startsWith("planning"),
                at -> at.note().matches("encoding [1-9].*"),
                at -> at.done() == 7,
                at -> at.done() == 40,
                at -> at.done() == 59,
                at -> at.done() == 60 && at.note().startsWith("encoding"),
                at -> at.done() == 99);
        Path run = folder.resolve("run");
        RunStart start = RunStart.NEW;
        long kept = 0;
        for (Predicate<ToldProgress> moment : moments) {
            ToldProgress told = ToldProgress.stopping(moment);
            RunStart how = start;
            StoppedException stopped =
                    catchThrowableOfType(StoppedException.class, () -> train(run, options, how, told));
            assertThat(told.before()).isEqualTo(kept);
            assertThat(stopped.steps()).isEqualTo(100);
            kept = stopped.done();
            assertThat(kept).isBetween(told.done() - checkEvery, told.done());
            assertThat(kept % checkEvery).isZero();
            start = RunStart.RESUME;
        }
        TrainingResult result = train(run, options, RunStart.RESUME, Progress.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ALL_STEPS);
        assertThat(run.resolve("head.safetensors")).hasBinaryContent(whole);
        assertThat(steps(run.resolve("metrics.jsonl"))).isEqualTo(steps(folder.resolve("whole/metrics.jsonl")));
    }

    /** The lines of the log without their times, which no two runs share. */
    private static List<String> steps(Path metrics) throws IOException {
        return Files.readAllLines(metrics).stream()
                .map(line -> line.replaceAll(",\"seconds\":.*", ""))
                .toList();
    }

    @Test
    void aKilledProcessLosesNoMoreThanTheLastInterval() throws IOException, InterruptedException {
        byte[] whole = uninterrupted(OPTIONS);
        Path run = folder.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingRun.class.getName(),
                        run.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(DyingRun.EXIT_CODE);
        assertThat(run.resolve("checkpoint.safetensors")).exists();
        ToldProgress told = ToldProgress.patient();
        train(run, OPTIONS, RunStart.RESUME, told);
        assertThat(told.before()).isEqualTo(60);
        assertThat(run.resolve("head.safetensors")).hasBinaryContent(whole);
    }

    @Test
    void theHeadSaysWhereItComesFrom() {
        ToldProgress told = ToldProgress.patient();
        TrainingResult result = train(folder, OPTIONS, RunStart.NEW, told);
        Head head = Head.load(result.head());
        HeadNetwork trained = OPTIONS.network();
        assertThat(HeadAccess.network(head))
                .isEqualTo(new ResidualMlp(
                        trained.inDim(), trained.latentDim(), trained.outDim(), trained.repeat(), Activation.SILU));
        assertThat(head.info().classes()).containsExactly("dog", "cat", "house");
        assertThat(head.info().backboneFingerprint()).isEqualTo("f00d");
        assertThat(head.info().seed()).isEqualTo(3);
        assertThat(head.info().alpha()).isEqualTo(0.1f);
        assertThat(head.info().hyperparameters())
                .containsEntry("tau", "0.5")
                .containsEntry("noise-vectors", "4")
                .containsEntry("head-step", String.valueOf(result.headStep()));
        assertThat(result.headStep())
                .isEqualTo(improvedAt(told).get(improvedAt(told).size() - 1));
    }

    @Test
    void trainingBringsPromptsOfAClassTogether() {
        ClapOptions options = OPTIONS.withLearningRate(1e-2).withNoise(ContextNoise.NONE);
        TrainingResult result = train(folder, options, RunStart.NEW, Progress.NONE);
        Head head = Head.load(result.head());
        FeatureMatrix texts =
                encoder.encode(List.of("a red dog", "a blue dog", "a red house", "a blue house"), Steps.unreported());
        assertThat(margin(head.apply(texts, 1))).isGreaterThan(margin(texts) + 0.1);
    }

    /** By how much classes are more alike than colours. */
    private static double margin(FeatureMatrix x) {
        float[] first = x.normalised().row(0);
        double sameClass = 0;
        double sameColour = 0;
        for (int i = 0; i < first.length; i++) {
            sameClass += first[i] * x.normalised().row(1)[i];
            sameColour += first[i] * x.normalised().row(2)[i];
        }
        return sameClass - sameColour;
    }

    @Test
    void everyDistinctTextIsEncodedOnce() {
        train(folder, withNoise(false), RunStart.NEW, Progress.NONE);
        assertThat(encoder.encoded).doesNotHaveDuplicates().contains("dog", "cat", "house");
        assertThat(encoder.noisy).isZero();
        FakeEncoder noisy = new FakeEncoder();
        new ClapTrainer(OPTIONS, BACKBONE, noisy).train(folder.resolve("noisy"), RunStart.NEW, "", Progress.NONE);
        assertThat(noisy.noisy).isEqualTo(100 * 8);
    }

    @Test
    void runningOutOfPatienceSavesEncoding() {
        ClapOptions impatient = OPTIONS.withSchedule(new Schedule(1000, 20, 2, 1e6));
        ToldProgress told = ToldProgress.patient();
        TrainingResult result = train(folder, impatient, RunStart.NEW, told);
        assertThat(result.outcome()).isEqualTo(Outcome.PATIENCE);
        assertThat(improvedAt(told)).containsExactly(20);
        assertThat(result.steps()).isEqualTo(60);
        assertThat(encoder.noisy).isEqualTo(60 * 8);
    }

    @Test
    void textsAreEncodedForNoMoreThanThreePatiencesAtOnce() {
        ClapOptions impatient = withNoise(false).withSchedule(new Schedule(1000, 20, 2, 1e6));
        Set<String> needed = new TreeSet<>();
        TrainingPlan plan = TrainingPlan.of(impatient, encoder.contextWidth());
        for (int interval = 0; interval < 9; interval++) {
            plan.interval(interval).forEach(step -> needed.addAll(step.lasting()));
        }
        assertThat(train(folder, impatient, RunStart.NEW, Progress.NONE).steps())
                .isEqualTo(60);
        // In this order, texts that begin alike are neighbours.
        assertThat(encoder.encoded).containsExactlyElementsOf(needed);
    }

    @Test
    void theFolderHasWhatARunShouldHave() throws IOException {
        train(folder, OPTIONS, RunStart.NEW, Progress.NONE);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "run.json", "metrics.jsonl", "head.safetensors", "checkpoint.safetensors");
        }
        JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
        assertThat(run.get("command").asText()).isEqualTo("clap train");
        assertThat(run.at("/options/tau").asText()).isEqualTo("0.5");
        assertThat(run.at("/model/fingerprint").asText()).isEqualTo("f00d");
        assertThat(run.at("/prompts/count").asInt()).isEqualTo(1440);
        List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
        assertThat(lines).hasSize(100);
        assertThat(new ObjectMapper().readTree(lines.get(99)).fieldNames())
                .toIterable()
                .containsExactly("step", "loss", "text_loss", "content_loss", "seconds");
    }

    @Test
    void anotherRunsFolderIsLeftAlone() throws IOException {
        byte[] head = uninterrupted(OPTIONS);
        Path whole = folder.resolve("whole");
        assertThatThrownBy(() -> train(whole, OPTIONS, RunStart.NEW, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage(whole + " already holds a run");
        assertThat(whole.resolve("head.safetensors")).hasBinaryContent(head);
    }

    @Test
    void resumingSomethingElseIsRefused() throws IOException {
        uninterrupted(OPTIONS);
        Path whole = folder.resolve("whole");
        HeadNetwork wider = HeadNetwork.of(16, 32);
        assertThatThrownBy(() -> train(whole, OPTIONS.withNetwork(wider), RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The run in " + whole + " was started with latent 8, but now it is 32");
        assertThatThrownBy(() -> train(whole, OPTIONS.withSeed(9), RunStart.RESUME, Progress.NONE))
                .hasMessage("The run in " + whole + " was started with seed 3, but now it is 9");
        ClapTrainer otherModel = new ClapTrainer(OPTIONS, new Backbone("fake", "beef", "none"), encoder);
        assertThatThrownBy(() -> otherModel.train(whole, RunStart.RESUME, "", Progress.NONE))
                .hasMessage(
                        "The run in " + whole + " was started with the model's fingerprint f00d, but now it is beef");
        encoder.tokenizer = "other";
        assertThatThrownBy(() -> train(whole, OPTIONS, RunStart.RESUME, Progress.NONE))
                .hasMessage("The run in " + whole
                        + " was started with the prompts' tokenizer nothing, but now it is other");
        Path empty = folder.resolve("empty");
        assertThatThrownBy(() -> train(empty, OPTIONS, RunStart.RESUME, Progress.NONE))
                .hasMessage(empty + " holds no run that could be resumed: there is no " + empty.resolve("run.json"));
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() throws IOException {
        uninterrupted(OPTIONS);
        encoder.encoded.clear();
        TrainingResult result = train(folder.resolve("whole"), OPTIONS, RunStart.RESUME, Progress.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ALL_STEPS);
        assertThat(encoder.encoded).isEmpty();
        assertThat(folder.resolve("whole/metrics.jsonl")).content().hasLineCount(100);
    }

    @Test
    void aLossThatIsNoNumberIsExplained() {
        // A cosine divided by such a temperature is beyond a float.
        ClapOptions tooCold = OPTIONS.withObjective(ClapObjective.official(1e-40, 1, 1));
        assertThatThrownBy(() -> train(folder, tooCold, RunStart.NEW, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageMatching("The loss of step \\d+ is NaN; use a lower learning rate or a higher temperature");
    }

    @Test
    void theTimeLeftShrinks() {
        ToldProgress told = ToldProgress.patient();
        train(folder, OPTIONS, RunStart.NEW, told);
        assertThat(told.done()).isEqualTo(100);
        assertThat(told.left()).contains(Duration.ZERO);
        assertThat(told.note()).matches("loss \\d+\\.\\d{4}");
    }

    @Test
    void optionsForAnotherModelAreRefused() {
        assertThatThrownBy(() -> new ClapTrainer(Preset.PACS.options(512), BACKBONE, encoder))
                .isInstanceOf(ClapException.class)
                .hasMessage("The options are for features of dimension 512, but those of fake have 16");
    }
}
