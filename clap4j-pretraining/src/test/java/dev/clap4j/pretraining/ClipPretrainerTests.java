package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClipPretrainerTests {
    private static final String WEIGHTS = "model/open_clip_model.safetensors";

    @TempDir
    private Path folder;

    static List<ClipArchitecture> architectures() {
        return ShapesWorld.architectures().toList();
    }

    private static PretrainOptions options(ClipArchitecture architecture) {
        return ShapesWorld.options(architecture, 12).withBatchSize(8).withCheckpointEvery(5);
    }

    private static PretrainResult train(PretrainOptions options, Path run, RunStart start, Progress progress) {
        return new ClipPretrainer(options, new ShapesWorld(), Optional.empty())
                .train(run, start, "clap pretrain", progress);
    }

    /** Asks to stop after a step, and is stopped there. */
    private static void trainUntil(int step, PretrainOptions options, Path run, RunStart start) {
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() == step);
        assertThatThrownBy(() -> train(options, run, start, stopping))
                .isInstanceOfSatisfying(StoppedException.class, stopped -> {
                    assertThat(stopped.done()).isEqualTo(step);
                    assertThat(stopped.steps()).isEqualTo(options.steps());
                });
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aRunInterruptedAnywhereGivesTheSameModel(ClipArchitecture architecture) throws IOException {
        PretrainOptions options = options(architecture);
        Path whole = folder.resolve("whole");
        train(options, whole, RunStart.NEW, Progress.NONE);

        Path parts = folder.resolve("parts");
        trainUntil(3, options, parts, RunStart.NEW);
        trainUntil(5, options, parts, RunStart.RESUME);
        ToldProgress rest = ToldProgress.patient();
        assertThat(train(options, parts, RunStart.RESUME, rest).steps()).isEqualTo(12);
        assertThat(rest.before()).isEqualTo(5);
        assertThat(rest.done()).isEqualTo(12);
        assertThat(rest.left()).contains(Duration.ZERO);
        assertThat(rest.milestones()).hasSize(2).last().asString().startsWith("step 12 of 12: loss ");

        for (String file : List.of(WEIGHTS, "checkpoint.safetensors", "model/tokenizer.json")) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(steps(parts)).isEqualTo(steps(whole)).hasSize(12);
    }

    /** The lines of the log without their times, which no two runs share. */
    private static List<String> steps(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll(",\"seconds\":.*", ""))
                .toList();
    }

    @Test
    void aKilledProcessGoesOnFromItsLastCheckpoint() throws Exception {
        PretrainOptions options = DyingPretraining.options();
        Path whole = folder.resolve("whole");
        train(options, whole, RunStart.NEW, Progress.NONE);
        Path run = folder.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingPretraining.class.getName(),
                        run.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(DyingPretraining.EXIT_CODE);
        assertThat(Checkpoint.open(run.resolve("model")).parameters()).isPositive();
        train(options, run, RunStart.RESUME, Progress.NONE);
        assertThat(run.resolve(WEIGHTS)).hasSameBinaryContentAs(whole.resolve(WEIGHTS));
        assertThat(steps(run)).isEqualTo(steps(whole));
    }

    @Test
    void aStateThatIsNotAsItWasWrittenIsRefused() throws IOException {
        PretrainOptions options = DyingPretraining.options();
        Path run = folder.resolve("run");
        trainUntil(3, options, run, RunStart.NEW);
        Path state = run.resolve("checkpoint.safetensors");
        byte[] whole = Files.readAllBytes(state);
        for (int place = 0; place < whole.length; place += whole.length / 50) {
            byte[] flipped = whole.clone();
            flipped[place] ^= 4;
            Files.write(state, flipped);
            assertThatThrownBy(() -> train(options, run, RunStart.RESUME, Progress.NONE))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith(state + " is no training state that can be resumed: ");
        }
        Files.write(state, whole);
        SafetensorsFile saved = SealedTensors.open(state);
        List<TensorData> tensors = saved.names().stream()
                .map(name -> TensorData.of(
                        name, saved.get(name).toFloats(), saved.get(name).shape()))
                .toList();
        String format = saved.metadata().get("format");
        for (String steps : List.of("-3", "0", "1000000", "1e300", "NaN", "x")) {
            SealedTensors.write(state, Map.of("format", format, "steps", steps), tensors);
            assertThatThrownBy(() -> train(options, run, RunStart.RESUME, Progress.NONE))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("steps is ");
        }
        TensorData first = tensors.get(0);
        List<TensorData> other = new ArrayList<>(tensors);
        other.set(0, TensorData.of(first.name(), new float[] {1}, 1));
        SealedTensors.write(state, Map.of("format", format, "steps", "3"), other);
        assertThatThrownBy(() -> train(options, run, RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(first.name() + " is F32[1], where F32");
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theSameSeedGivesTheSameBytes(ClipArchitecture architecture) throws IOException {
        PretrainOptions options = options(architecture);
        train(options, folder.resolve("a"), RunStart.NEW, Progress.NONE);
        train(options, folder.resolve("b"), RunStart.NEW, Progress.NONE);
        assertThat(folder.resolve("b").resolve(WEIGHTS))
                .hasSameBinaryContentAs(folder.resolve("a").resolve(WEIGHTS));
        byte[] before = Files.readAllBytes(folder.resolve("b").resolve(WEIGHTS));
        train(options.withSeed(2), folder.resolve("b"), RunStart.OVERWRITE, Progress.NONE);
        assertThat(Files.readAllBytes(folder.resolve("b").resolve(WEIGHTS))).isNotEqualTo(before);
    }

    @Test
    void theModelsWordsAreAsLargeAsClips() {
        train(options(ShapesWorld.transformer()), folder, RunStart.NEW, Progress.NONE);
        String words = "token_embedding.weight";
        SafetensorsFile state = SafetensorsFile.open(folder.resolve("checkpoint.safetensors"));
        float[] trained = state.get(words).toFloats();
        float[] squares = state.get("adam.square." + words).toFloats();
        float[] model = SafetensorsFile.open(folder.resolve(WEIGHTS)).get(words).toFloats();
        double sum = 0;
        int read = 0;
        for (int i = 0; i < trained.length; i++) {
            if (squares[i] > 0) {
                sum += trained[i] * trained[i];
                read++;
            }
        }
        assertThat(read).isPositive().isLessThan(trained.length);
        double factor = 0.02 / Math.sqrt(sum / read);
        for (int i = 0; i < trained.length; i++) {
            assertThat((double) model[i]).isCloseTo(trained[i] * factor, within(1e-4));
        }
    }

    /** Parts of a batch on several threads have the gradient of the whole: without batch statistics only roundings differ. */
    @Test
    void threadsShareTheWorkNotTheResult() throws IOException {
        PretrainOptions options = options(ShapesWorld.transformer());
        train(options.withThreads(1), folder.resolve("one"), RunStart.NEW, Progress.NONE);
        train(options.withThreads(3), folder.resolve("three"), RunStart.NEW, Progress.NONE);
        double[] one = losses(folder.resolve("one"));
        double[] three = losses(folder.resolve("three"));
        for (int step = 0; step < one.length; step++) {
            // Adam makes full steps even of gradients that are mostly rounding, so differences grow from 1e-7 on.
            assertThat(three[step]).isCloseTo(one[step], within(1e-4));
        }
    }

    private static double[] losses(Path run) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        double[] losses = new double[lines.size()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = json.readTree(lines.get(i)).path("loss").asDouble();
        }
        return losses;
    }

    @Test
    void theRecordSaysWhatWasDone() throws IOException {
        PretrainOptions options = options(ShapesWorld.residual());
        train(options, folder, RunStart.NEW, Progress.NONE);
        JsonNode run = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
        assertThat(run.path("command").asText()).isEqualTo("clap pretrain");
        assertThat(run.path("objective").asText()).isEqualTo("clip");
        assertThat(run.path("options").path("batch").asText()).isEqualTo("8");
        assertThat(run.path("data").path("kind").asText()).isEqualTo("shapes");
        assertThat(run.path("tokenizer").path("captions").asText()).isEqualTo("96");
        assertThat(run.path("versions").has("libtorch")).isTrue();
        JsonNode line = new ObjectMapper()
                .readTree(Files.readAllLines(folder.resolve("metrics.jsonl")).get(11));
        assertThat(line.path("step").asInt()).isEqualTo(12);
        assertThat(line.path("learning_rate").asDouble())
                .isEqualTo(options.schedule().at(11));
        assertThat(line.path("logit_scale").asDouble()).isBetween(10.0, 20.0);
        assertThat(line.path("loss").asDouble()).isPositive();
        assertThat(line.has("seconds")).isTrue();
    }

    @Test
    void anotherRunIsLeftAlone() {
        PretrainOptions options = options(ShapesWorld.transformer());
        trainUntil(1, options, folder, RunStart.NEW);
        assertThatThrownBy(() -> train(options, folder, RunStart.NEW, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " already holds a run")
                .extracting(error -> ((ClapException) error).problem())
                .isEqualTo(Optional.of(Problem.RUN_EXISTS));
        assertThatThrownBy(() -> train(options.withThreads(1), folder, RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The run in " + folder + " was started with threads 2, but now it is 1");
        PretrainOptions other = new PretrainOptions(
                options.architectureName(),
                ShapesWorld.residual(),
                options.steps(),
                options.batchSize(),
                options.learningRate(),
                options.warmupSteps(),
                options.weightDecay(),
                options.beta1(),
                options.beta2(),
                options.epsilon(),
                options.maxGradientNorm(),
                options.vocabSize(),
                options.seed(),
                options.threads(),
                options.checkpointEvery());
        assertThatThrownBy(() -> train(other, folder, RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("visual.conv1.weight")
                .extracting(error -> ((ClapException) error).problem())
                .isEqualTo(Optional.of(Problem.RUN_IS_DAMAGED));
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        PretrainOptions options = PretrainOptions.of("mini");
        assertThatThrownBy(() -> new ClipPretrainer(options, new ShapesWorld(), Optional.empty()))
                .isInstanceOf(ClapException.class)
                .hasMessage("The images have a side of 32 pixels, but mini takes 64");
    }

    @Test
    void aGivenTokenizerIsUsed() throws IOException {
        Path first = folder.resolve("first");
        train(options(ShapesWorld.transformer()).withVocabSize(530), first, RunStart.NEW, Progress.NONE);
        Path tokenizer = first.resolve("model/tokenizer.json");
        Path second = folder.resolve("second");
        new ClipPretrainer(options(ShapesWorld.transformer()), new ShapesWorld(), Optional.of(tokenizer)).train(second);
        assertThat(second.resolve("model/tokenizer.json")).hasSameBinaryContentAs(tokenizer);
        assertThat(Checkpoint.open(second.resolve("model"))
                        .architecture()
                        .text()
                        .vocabSize())
                .isEqualTo(530);
    }

    @Test
    void aSourceThatFailsEndsTheRunInItsWords() {
        CaptionedImages broken = new CaptionedImages() {
            @Override
            public int imageSize() {
                return ShapesWorld.SIZE;
            }

            @Override
            public String caption(long index) {
                return "a shape";
            }

            @Override
            public byte[] pixels(long index) {
                throw new ClapException("no picture " + index);
            }

            @Override
            public Map<String, String> describe() {
                return Map.of();
            }
        };
        ClipPretrainer trainer = new ClipPretrainer(options(ShapesWorld.residual()), broken, Optional.empty());
        assertThatThrownBy(() -> trainer.train(folder))
                .isInstanceOf(ClapException.class)
                .hasMessage("no picture 0");
    }
}
