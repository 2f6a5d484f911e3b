package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.TrainingResult.Outcome;
import dev.clap4j.training.source.PromptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads from prompts of every source. */
class PromptSourceTrainingTests {
    @TempDir
    static Path folder;

    private static ClipModel clip;
    private static ClapOptions options;

    @BeforeAll
    static void makeModel() {
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        clip = ClipModel.load(model);
        options = Defaults.forClasses(List.of("dog", "alarm clock"), clip.embedDim())
                .withBatchSize(4)
                .withSchedule(new Schedule(20, 10, 5, 0.01));
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    private static TrainingResult train(PromptSource source, Path run, RunStart start, Progress progress) {
        ClapOptions fitting = options.withAugmentation(source.augmentation());
        return ClapTrainer.of(clip, fitting, source).train(run, start, "", progress);
    }

    @ParameterizedTest
    @ValueSource(strings = {"template", "random", "llm", "promptstyler:2"})
    void everySourceTrainsAHeadAndIsOnRecord(String text) throws IOException {
        Path prompts = Files.createDirectories(folder.resolve("prompts"));
        Files.writeString(prompts.resolve("dog.txt"), "a dog in the snow\na dog asleep\na wet dog\na dog, drawn\n");
        Files.writeString(
                prompts.resolve("alarm_clock.txt"),
                "an alarm clock at dawn\na loud alarm clock\na broken alarm clock\nan old alarm clock\n");
        PromptSource source = PromptSource.parse(text.equals("llm") ? "llm:" + prompts : text);
        Path run = folder.resolve("run-" + text.replace(':', '-'));
        TrainingResult result = train(source, run, RunStart.NEW, Progress.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.ALL_STEPS);
        assertThat(Head.load(result.head()).info().hyperparameters()).containsEntry("prompts", text);
        JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());
        assertThat(record.at("/options/prompts").asText()).isEqualTo(text);
        assertThat(record.at("/options/augment").asText())
                .isEqualTo(source.augmentation().describe());
        assertThat(record.at("/prompts/count").asInt())
                .isEqualTo(2 * source.of("dog").size());
    }

    @Test
    void aRunInterruptedWhileStylesAreLearnedGivesTheSameHead() throws IOException {
        PromptSource source = PromptSource.parse("promptstyler:2");
        Path whole = folder.resolve("whole");
        train(source, whole, RunStart.NEW, Progress.NONE);
        Path run = folder.resolve("interrupted");
        ToldProgress stopping = ToldProgress.stopping(told -> told.notes().size() >= 150);
        assertThatThrownBy(() -> train(source, run, RunStart.NEW, stopping))
                .isInstanceOfSatisfying(StoppedException.class, stopped -> {
                    assertThat(stopped.done()).isZero();
                    assertThat(stopped.steps()).isEqualTo(20);
                });
        assertThat(stopping.parts()).containsExactly("styles");
        assertThat(stopping.notes()).hasSize(150);
        assertThat(run.resolve("styles.safetensors")).exists();
        assertThat(run.resolve("head.safetensors")).doesNotExist();
        ToldProgress resumed = ToldProgress.patient();
        train(source, run, RunStart.RESUME, resumed);
        assertThat(resumed.parts()).containsExactly("styles", "training");
        // The second style is learned again, in 100 iterations; then come the steps.
        assertThat(resumed.notes().subList(0, 100)).allMatch(note -> note.startsWith("loss "));
        assertThat(resumed.notes().get(100)).startsWith("planning 0/");
        assertThat(run.resolve("styles.safetensors"))
                .hasBinaryContent(Files.readAllBytes(whole.resolve("styles.safetensors")));
        assertThat(run.resolve("head.safetensors"))
                .hasBinaryContent(Files.readAllBytes(whole.resolve("head.safetensors")));
    }

    @Test
    void anotherSourceIsAnotherRun() {
        Path run = folder.resolve("source");
        train(PromptSource.template(), run, RunStart.NEW, Progress.NONE);
        PromptSource random = PromptSource.parse("random");
        ClapTrainer other = ClapTrainer.of(clip, options, random);
        assertThatThrownBy(() -> other.train(run, RunStart.RESUME, "", Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessage("The run in " + run + " was started with prompts template, but now it is random");
    }

    @Test
    void stylesAreContrastedWithOtherStylesOfTheirClass() {
        PromptSource source = PromptSource.parse("promptstyler:4");
        ClapOptions fitting = options.withAugmentation(source.augmentation());
        for (PlannedStep step : TrainingPlan.of(fitting, source, 64).interval(0)) {
            for (int i = 0; i < 4; i++) {
                String prompt = step.prompts().get(i);
                String name = step.classNames().get(i);
                assertThat(step.augmented().get(i))
                        .matches("a S\\*[1-4] style of a " + name)
                        .isNotEqualTo(prompt);
            }
        }
    }
}
