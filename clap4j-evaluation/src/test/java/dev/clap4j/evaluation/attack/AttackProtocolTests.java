package dev.clap4j.evaluation.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.attack.AttackOptions.Classifier;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.ResultLog;
import dev.clap4j.internal.run.RunStart;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackProtocolTests {
    @TempDir
    static Path folder;

    private static ClipModel clip;
    private static Dataset pacs;

    @BeforeAll
    static void open() {
        Path vocabulary = SampleVocabulary.file();
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(vocabulary), model);
        clip = ClipModel.load(model);
        pacs = Dataset.read(SamplePictures.folder(), warning -> {});
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    private static AttackOptions options(ThreatModel threat, Classifier classifier) {
        return new AttackOptions(Attacks.parse("fgsm,pgd-3,apgd-t-2"), 0.031, threat, classifier, 3, 7);
    }

    private static AttackProtocol protocol(AttackOptions options, Progress progress) {
        return new AttackProtocol(clip, pacs, List.of(AttackMethod.CLIP), options, progress);
    }

    private static AttackReport run(AttackOptions options, String name) {
        return protocol(options, Progress.NONE).run(folder.resolve(name), RunStart.NEW, "clap attack");
    }

    @Test
    void everyAttackHasItsRow() {
        AttackReport report = run(options(ThreatModel.PIXEL, Classifier.ZEROSHOT), "zeroshot");

        assertThat(report.images()).isEqualTo(12);
        assertThat(report.epsilonLevels()).allMatch(level -> Math.abs(level - 7.905) < 1e-9);
        List<AttackRow> rows = report.methods().get(0).rows();
        assertThat(rows)
                .extracting(AttackRow::attack)
                .containsExactly("none", "FGSM", "PGD-3", "APGD-T-2", "all attacks");
        assertThat(rows.get(0).change()).isZero();
        assertThat(rows.get(0).prompts()).extracting(prompt -> prompt.prompt()).containsExactly("C", "PC", "CP", "NC");
        assertThat(rows.get(1).change()).isCloseTo(7.905, within(1e-2));
        assertThat(rows.get(1).attacked().accuracy()).hasSize(4);
        int least = rows.subList(1, 4).stream().mapToInt(AttackRow::right).min().orElseThrow();
        assertThat(rows.get(4).right()).isLessThanOrEqualTo(least);
    }

    @Test
    void withoutAttackTheAnswersAreThoseOfTheEncoder() throws IOException {
        run(options(ThreatModel.PIXEL, Classifier.ZEROSHOT), "clean");
        ResultLog<String, AttackedBatch> log = ResultLog.open(
                folder.resolve("clean/batches.jsonl"), AttackedBatch.class, AttackedBatch::key, "result of an attack");
        for (AttackedBatch batch : log.all()) {
            if (batch.attack().equals("none")) {
                List<Path> files =
                        batch.images().stream().map(pacs.root()::resolve).toList();
                var texts = clip.texts().encode(pacs.classes());
                int[] expected =
                        ZeroShotClassifier.of(texts, 1).predict(clip.images().encode(files));
                assertThat(batch.answers())
                        .isEqualTo(Arrays.stream(expected).boxed().toList());
            }
        }
    }

    @Test
    void theOfficialThreatModelIsWarnedOf() {
        AttackReport report = run(options(ThreatModel.OFFICIAL, Classifier.ONESHOT), "official");

        List<AttackRow> rows = report.methods().get(0).rows();
        assertThat(rows)
                .extracting(AttackRow::attack)
                .containsExactly("none", "clamp only", "FGSM", "PGD-3", "APGD-T-2", "all attacks");
        assertThat(rows.get(0).prompts()).extracting(prompt -> prompt.prompt()).containsExactly("1-shot");
        // A white pixel is far above 1 when it is normalised.
        assertThat(rows.get(1).change()).isGreaterThan(50);
        assertThat(report.warnings()).anyMatch(w -> w.startsWith("The official threat model clamps"));
    }

    @Test
    void aStoppedRunGoesOnToTheSameResult() throws IOException {
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        AttackReport whole = run(options, "whole");
        Path stopped = folder.resolve("stopped");
        ToldProgress impatient = ToldProgress.stoppingAtQuestion(20);
        assertThatThrownBy(() -> protocol(options, impatient).run(stopped, RunStart.NEW, "clap attack"))
                .isInstanceOfSatisfying(StoppedException.class, end -> {
                    assertThat(end.done()).isEqualTo(impatient.done()).isPositive();
                    assertThat(end.steps()).isEqualTo(impatient.steps());
                });
        assertThat(Files.readAllLines(stopped.resolve("batches.jsonl"))).hasSizeBetween(2, 15);
        // As after a power cut in the middle of a line.
        Files.writeString(stopped.resolve("batches.jsonl"), "{\"method\":\"CL", StandardOpenOption.APPEND);

        ToldProgress counting = ToldProgress.patient();
        AttackReport resumed = protocol(options, counting).run(stopped, RunStart.RESUME, "clap attack");

        assertThat(counting.part()).isEqualTo("gradients");
        assertThat(counting.steps()).isPositive().isLessThan(impatient.steps());
        assertThat(counting.done()).isEqualTo(counting.steps());
        assertThat(resumed).isEqualTo(whole);
        for (String file : List.of("batches.jsonl", "attack.json", "grid-CLIP.png")) {
            assertThat(stopped.resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void anotherRunIsNotTouched() {
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        run(options, "taken");

        assertThatThrownBy(() -> run(options, "taken")).hasMessageContaining("already holds a run");
        AttackOptions other = new AttackOptions(options.attacks(), 0.01, options.threat(), options.classifier(), 3, 7);
        assertThatThrownBy(() ->
                        protocol(other, Progress.NONE).run(folder.resolve("taken"), RunStart.RESUME, "clap attack"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("was started with epsilon 0.031, but now it is 0.01");
    }

    @Test
    void thePictureShowsEveryAttack() throws IOException {
        run(options(ThreatModel.PIXEL, Classifier.ZEROSHOT), "picture");

        BufferedImage grid =
                ImageIO.read(folder.resolve("picture/grid-CLIP.png").toFile());

        // Seven pictures of 128 pixels beside the names, two rows for each domain.
        assertThat(grid.getWidth()).isEqualTo(2 * 16 + 130 + 7 * (128 + 10));
        assertThat(grid.getHeight()).isEqualTo(2 * 16 + 3 * 18 + 8 * (128 + 18 + 10));
    }
}
