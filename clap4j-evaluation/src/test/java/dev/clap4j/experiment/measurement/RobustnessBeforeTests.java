package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.attack.AttackMethod;
import dev.clap4j.evaluation.attack.AttackProtocol;
import dev.clap4j.evaluation.attack.AttackReport;
import dev.clap4j.evaluation.attack.AttackRow;
import dev.clap4j.evaluation.attack.MethodRobustness;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Robustness is what the protocol before it measured, bit for bit. */
class RobustnessBeforeTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"PIXEL,ZEROSHOT", "OFFICIAL,ONESHOT", "OFFICIAL,ZEROSHOT"})
    void scoresAreEqual(ThreatModel threat, String classifier) {
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        Dataset pacs = Dataset.read(SamplePictures.folder(), warning -> {});
        try (ClipModel clip = ClipModel.load(model)) {
            Head head = RobustnessTests.head(clip.embedDim());
            AttackReport before = new AttackProtocol(
                            clip,
                            pacs,
                            List.of(
                                    AttackMethod.CLIP,
                                    new AttackMethod(dev.clap4j.evaluation.Method.clap(head::apply, 0.5f), head)),
                            new dev.clap4j.evaluation.attack.AttackOptions(
                                    Attacks.parse("fgsm,pgd-3,apgd-t-2"),
                                    0.031,
                                    threat,
                                    dev.clap4j.evaluation.attack.AttackOptions.Classifier.valueOf(classifier),
                                    4,
                                    7),
                            Progress.NONE)
                    .run(folder.resolve("before"), RunStart.NEW, "");
            AttackOptions options = new AttackOptions(
                    Attacks.parse("fgsm,pgd-3,apgd-t-2"),
                    0.031,
                    threat,
                    AttackOptions.Classifier.valueOf(classifier),
                    4,
                    7);
            Results results = results(clip, pacs, head, options);
            String suffix = classifier.equals("ZEROSHOT") ? "" : "-1-shot";
            for (MethodRobustness method : before.methods()) {
                for (AttackRow row : method.rows()) {
                    Condition condition = Condition.NONE
                            .with(Condition.METHOD, method.alpha() == null ? "CLIP" : "CLAP")
                            .with(Condition.ATTACK, row.attack());
                    row.prompts().forEach(prompt -> prompt.accuracy().forEach((domain, accuracy) -> assertThat(value(
                                    results,
                                    "attacked" + suffix,
                                    condition
                                            .with(Condition.PROMPT, prompt.prompt())
                                            .with(Condition.DOMAIN, domain)))
                            .isEqualTo(accuracy)));
                    if (!row.attack().equals("none") && row.successRate() != null) {
                        assertThat(value(results, "attack-success" + suffix, condition))
                                .isEqualTo(row.successRate());
                    }
                    if (!row.attack().equals("all attacks")) {
                        assertThat(value(results, "attack-change" + suffix, condition))
                                .isEqualTo(row.change());
                        assertThat(value(results, "attack-zero-gradients" + suffix, condition))
                                .isEqualTo(100.0 * row.zeroGradients() / before.images());
                    }
                }
            }
            assertThat(new Robustness(options).warnings(results.scores())).hasSameSizeAs(before.warnings());
            String prefix = classifier.equals("ZEROSHOT") ? "" : "1-shot_";
            for (String name : List.of("CLIP.png", "CLAP_α=0.5.png")) {
                assertThat(folder.resolve("now/grid-" + prefix + name))
                        .hasSameBinaryContentAs(folder.resolve("before/grid-" + name));
            }
        }
    }

    private Results results(ClipModel clip, Dataset pacs, Head head, AttackOptions options) {
        Subject subject = new Subject(
                Optional.of(clip),
                clip.texts(),
                EncodedDataset.of(pacs, clip.images().encode(pacs.files())),
                List.of(Method.CLIP, Method.of("CLAP", head::apply, head, 0.5f)),
                Condition.NONE);
        try (Runner runner = Runner.open(
                folder.resolve("now"), RunStart.NEW, JsonNodeFactory.instance.objectNode(), Progress.NONE)) {
            return runner.run(new Trial(subject, new Robustness(options)));
        }
    }

    private static double value(Results results, String measure, Condition condition) {
        List<Score> found = results.scores().stream()
                .filter(score -> score.measure().id().equals(measure)
                        && score.condition().matches(condition))
                .toList();
        assertThat(found).as("%s %s", measure, condition).hasSize(1);
        return found.get(0).value();
    }
}
