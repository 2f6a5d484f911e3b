package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.synthesis.PromptSample;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.Preset;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReproductionTests {
    @TempDir
    static Path folder;

    private static ClipModel clip;
    private static Dataset pacs;

    @BeforeAll
    static void makeModel() {
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), folder.resolve("model"));
        clip = ClipModel.of(Checkpoint.open(folder.resolve("model")), OrtEngine.create(), Overflow.TRUNCATE);
        pacs = Dataset.read(SamplePictures.folder(), warning -> {}).limit(3, 0);
    }

    @AfterAll
    static void closeModel() {
        clip.close();
    }

    private static PaperProtocol plan(PromptedImages images, Dataset known) {
        ClapOptions training = Preset.PACS
                .options(pacs.classes(), clip.embedDim())
                .withNoise(ContextNoise.NONE)
                .withSchedule(new Schedule(12, 4, 5, 0));
        return new PaperProtocol(
                pacs,
                training,
                pacs.classes().stream()
                        .map(name -> PromptLanguage.ENGLISH.templates(name).subList(0, 4))
                        .toList(),
                images,
                known,
                0.2f,
                List.of(0L, 1L),
                1,
                64,
                new AttackOptions(
                        Attacks.parse("fgsm"),
                        AttackOptions.EPSILON,
                        ThreatModel.OFFICIAL,
                        AttackOptions.Classifier.ZEROSHOT,
                        1,
                        0));
    }

    private static ResultQuery run(PaperProtocol plan, Path out, RunStart start, Progress progress) {
        FeatureCache cache = new FeatureCache(folder.resolve("cache"), warning -> {});
        Reproduction reproduction = new Reproduction(clip, plan, cache, progress);
        try (Runner runner = Runner.open(
                out, start, reproduction.record("clap reproduce pacs").json(), progress)) {
            return new ResultQuery(reproduction.run(runner, start));
        }
    }

    /** Photographs stand in for synthetic images: what they show does not matter here. */
    private static PromptedImages images() throws IOException {
        Path synthetic = folder.resolve("synthetic");
        List<Path> files = pacs.files();
        int next = 0;
        for (PromptSample.Item item : new PromptSample(pacs.classes(), 2, 0).items()) {
            Path file =
                    synthetic.resolve(item.className()).resolve(item.prompt()).resolve("0.jpg");
            Files.createDirectories(file.getParent());
            if (Files.notExists(file)) {
                Files.copy(files.get(next++), file);
            }
        }
        return PromptedImages.read(synthetic, pacs.classes(), warning -> {});
    }

    @Test
    void everythingIsMeasuredForEverySeed() throws IOException {
        ToldProgress told = ToldProgress.patient();
        Path out = folder.resolve("whole");

        ResultQuery found = run(plan(images(), pacs.limit(1, 1)), out, RunStart.NEW, told);

        for (String measure : List.of(
                "zeroshot-mean",
                "zeroshot-range",
                "zeroshot-deviation",
                "zeroshot-noise-drop",
                "probe",
                "attacked",
                "attacked-1-shot",
                "silhouette")) {
            assertThat(found.dimension(Condition.METHOD, measure))
                    .as(measure)
                    .containsExactly("CLIP", "Im.Aug", "CLAP");
            for (String method : List.of("CLIP", "Im.Aug", "CLAP")) {
                assertThat(found.dimension(Condition.SEED, measure, "method=" + method))
                        .as(measure)
                        .containsExactly("0", "1");
            }
        }
        assertThat(found.dimension(Condition.PROMPT, "zeroshot")).containsExactly("C", "PC", "CP", "NC");
        assertThat(found.dimension(Condition.SHOTS, "probe")).containsExactly("1");
        assertThat(found.dimension(Condition.DRAW, "probe")).containsExactly("0", "1");
        for (String attacked : List.of("attacked", "attacked-1-shot")) {
            assertThat(found.dimension(Condition.ATTACK, attacked)).containsExactly("none", "clamp only", "FGSM");
        }
        assertThat(told.parts())
                .contains(
                        "training CLAP, seed 1",
                        "training Im.Aug, seed 0",
                        "choosing α",
                        "Adversarial attacks on 1-shot probes, seed 1");
        assertThat(out.resolve("scores.jsonl")).isNotEmptyFile();
        assertThat(out.resolve("images.jsonl")).isNotEmptyFile();
        assertThat(out.resolve("pictures.json")).isNotEmptyFile();
    }

    @Test
    void aStoppedReproductionGoesOnToTheSameScores() {
        PaperProtocol plan = plan(null, null);
        ResultQuery straight = run(plan, folder.resolve("straight"), RunStart.NEW, Progress.NONE);
        Path out = folder.resolve("stopped");
        ResultQuery found = null;
        int runs = 0;
        for (int steps = 2; found == null; steps *= 4) {
            AtomicLong left = new AtomicLong(steps);
            Progress impatient = new Progress() {
                @Override
                public void advance(long made) {
                    left.addAndGet(-made);
                }

                @Override
                public boolean stopRequested() {
                    return left.get() <= 0;
                }
            };
            try {
                found = run(plan, out, runs == 0 ? RunStart.NEW : RunStart.RESUME, impatient);
            } catch (StoppedException e) {
                assertThat(left.get()).isNotPositive();
            }
            runs++;
        }

        assertThat(runs).as("runs until the end").isGreaterThan(3);
        assertThat(found.results().scores()).isEqualTo(straight.results().scores());
        for (String file : List.of("scores.jsonl", "images.jsonl")) {
            assertThat(out.resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("straight").resolve(file));
        }
    }

    @Test
    void anotherPlanDoesNotGoOn() {
        Path out = folder.resolve("other");
        Progress stopped = Progress.NONE.stopWhen(() -> true);
        assertThatThrownBy(() -> run(plan(null, null), out, RunStart.NEW, stopped))
                .isInstanceOf(StoppedException.class);

        assertThatThrownBy(() -> run(plan(null, pacs), out, RunStart.RESUME, stopped))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("was started with known none, but now it is 84 images");
    }

    @Test
    void theForecastCountsAllThereIs() throws IOException {
        FeatureCache cache = new FeatureCache(folder.resolve("empty cache"), warning -> {});
        List<Forecast.Part> forecast = Forecast.of(clip, plan(images(), pacs), cache);

        assertThat(forecast)
                .extracting(Forecast.Part::what)
                .containsExactly(
                        "texts to encode",
                        "images to encode",
                        "texts with noise",
                        "training steps",
                        "linear probes",
                        "gradients of images",
                        "maps");
        assertThat(forecast).allSatisfy(part -> assertThat(part.seconds()).isPositive());
        assertThat(count(forecast, "images to encode"))
                .as("measured, known, for two heads 14 synthetic ones with 4 views each, and attacked ones")
                .isEqualTo(84 + 84 + 2 * (14 + 56) + attacked(3));
        assertThat(count(forecast, "training steps")).isEqualTo(2 * 2 * 12);
        assertThat(count(forecast, "linear probes")).isEqualTo(2 * 3 * 4);
        assertThat(count(forecast, "gradients of images")).isEqualTo(2 * 2 * 3 * 4);
        assertThat(count(forecast, "maps")).isEqualTo(2 * 3 * 4);
    }

    @Test
    void imagesThatAreKnownAreNotEncodedAgain() {
        FeatureCache cache = new FeatureCache(folder.resolve("half a cache"), warning -> {});
        cache.encode(clip, pacs.files().subList(0, 50), Progress.NONE);

        List<Forecast.Part> forecast = Forecast.of(clip, plan(null, null), cache);

        assertThat(count(forecast, "images to encode")).isEqualTo(34 + attacked(2));
    }

    /** For two classifiers, two seeds and four domains: an image as it is, clamped, and attacked. */
    private static int attacked(int methods) {
        return 2 * 2 * 4 * 3 * methods;
    }

    private static long count(List<Forecast.Part> forecast, String what) {
        return forecast.stream()
                .filter(part -> part.what().equals(what))
                .findFirst()
                .orElseThrow()
                .count();
    }
}
