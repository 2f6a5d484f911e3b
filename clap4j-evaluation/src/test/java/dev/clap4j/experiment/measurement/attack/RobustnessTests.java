package dev.clap4j.experiment.measurement.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTests {
    private static final float ALPHA = 0.5f;

    @TempDir
    static Path folder;

    private static ClipModel clip;
    private static Dataset pacs;
    private static EncodedDataset encoded;
    private static Head head;

    @BeforeAll
    static void open() {
        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        clip = ClipModel.load(model);
        pacs = Dataset.read(SamplePictures.folder(), warning -> {});
        encoded = EncodedDataset.of(pacs, clip.images().encode(pacs.files()));
        head = head(clip.embedDim());
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    static Head head(int width) {
        ResidualMlp network = new ResidualMlp(width, 16, width, 0, Activation.SILU);
        Random random = new Random(1);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            float[] values = new float[(int) (shape[0] * (shape.length > 1 ? shape[1] : 1))];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() / 4;
            }
            weights.add(TensorData.of(name, values, shape));
        });
        return HeadAccess.of(network, HeadInfo.UNKNOWN, weights);
    }

    private static AttackOptions options(ThreatModel threat, Classifier classifier) {
        return new AttackOptions(
                Attacks.parse("fgsm,pgd-3,apgd-t-2,fab-t-2,square-9"), 0.031, threat, classifier, 3, 7);
    }

    private static Subject subject(Method... methods) {
        return new Subject(Optional.of(clip), clip.texts(), encoded, List.of(methods), Condition.NONE);
    }

    private static Method clap() {
        return Method.of("CLAP", head::apply, head, ALPHA);
    }

    @Test
    void promptsAreThoseOfTheLanguage() {
        AttackOptions english = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        AttackOptions chinese = new AttackOptions(
                english.attacks(),
                english.epsilons(),
                english.threat(),
                english.classifier(),
                PromptSet.of(PromptStyle.C, PromptLanguage.CHINESE),
                PromptLanguage.CHINESE,
                english.limit(),
                english.seed());
        List<float[]> used = new ArrayList<>();
        Method recording = Method.of(
                "recording",
                (features, alpha) -> {
                    used.add(features.values());
                    return features;
                },
                head,
                ALPHA);
        Targets.Target target = new Targets(clip, encoded.dataset(), chinese).get(recording, 0);

        assertThat(target.prediction().apply(encoded.images().get(0), 0)).containsKey("PC");
        List<String> texts = PromptSet.of(PromptStyle.PC, PromptLanguage.CHINESE)
                .texts(encoded.dataset().classes());
        assertThat(used).contains(clip.texts().encode(texts).values());
        used.clear();
        assertThat(target.scorer().apply(chinese.attacks().get(0)).classes())
                .isEqualTo(pacs.classes().size());
        assertThat(used)
                .containsExactly(clip.texts()
                        .encode(chinese.prompts().texts(encoded.dataset().classes()))
                        .values());
        assertThat(chinese.describe()).containsKey("language");
        assertThat(english.describe()).doesNotContainKey("language");
    }

    /** The attacked class features are means over several templates, each feature of length 1 after the head. */
    @Test
    void ensemblesAreAttackedAsTheyClassify() throws IOException {
        Path file = Files.writeString(folder.resolve("views.txt"), "a photo of a {class}\na {class} seen from afar\n");
        AttackOptions options = AttackOptions.of(Robustness.KIND.values(
                Map.of("attacks", List.of("apgd-ce-5"), "templates", List.of(file.toString()), "limit", List.of("3"))));
        List<String> classes = pacs.classes();
        FeatureMatrix texts = clip.texts().encode(options.prompts().texts(classes));
        double[] mean = new double[classes.size() * clip.embedDim()];
        for (FeatureMatrix template : head.apply(texts, ALPHA).normalised().parts(classes.size())) {
            Arrays.setAll(mean, i -> mean[i] + template.values()[i] / 2);
        }

        Targets.Target target = new Targets(clip, pacs, options).get(clap(), 0);

        float[] attacked = target.scorer().apply(options.attacks().get(0)).weight();
        for (int c = 0; c < classes.size(); c++) {
            double[] row = Arrays.copyOfRange(mean, c * clip.embedDim(), (c + 1) * clip.embedDim());
            double length = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
            for (int i = 0; i < row.length; i++) {
                assertThat(attacked[c * row.length + i]).isCloseTo((float) (row[i] / length), within(1e-5f));
            }
        }
        FeatureMatrix images = head.apply(encoded.images().get(0), ALPHA);
        Map<String, int[]> predicted = target.prediction().apply(images, 0);
        assertThat(predicted).containsOnlyKeys("views.txt", "C", "PC", "CP", "NC");
        FeatureMatrix features = new FeatureMatrix(classes, clip.embedDim(), attacked);
        assertThat(predicted.get("views.txt"))
                .isEqualTo(ZeroShotClassifier.of(features, 1).predict(images));
        assertThat(options.describe()).containsEntry("templates", "views.txt");

        Results results = run(subject(clap()), options, "ensemble");
        assertThat(of(results, "attack-success"))
                .extracting(score -> score.condition().get(Condition.PROMPT))
                .containsOnly("views.txt");
        assertThat(mean(results, "attacked", "attack", "APGD-CE-5", "prompt", "views.txt"))
                .isLessThanOrEqualTo(mean(results, "attacked", "attack", "none", "prompt", "views.txt"));
        assertThatThrownBy(() -> Robustness.KIND.of(
                        Map.of("templates", List.of(file.toString()), "classifier", List.of("oneshot"))))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Templates are prompts of zero-shot classification");
    }

    /** A curve begins without attack and never rises; an image that fell at one epsilon has fallen at the next. */
    @Test
    void severalEpsilonsGiveACurve() {
        AttackOptions options = AttackOptions.of(Robustness.KIND.values(Map.of(
                "attacks", List.of("fgsm,fab-t-3"), "epsilon", List.of("4/255,1/255,0.031"), "limit", List.of("6"))));
        assertThat(options.describe()).containsEntry("epsilon", "1/255,4/255,0.031");

        Results results = run(subject(Method.CLIP, clap()), options, "curve");

        for (String method : List.of("CLIP", "CLAP")) {
            List<Double> curve = new ArrayList<>();
            for (String epsilon : List.of("0", "1", "4", "7.905")) {
                curve.add(mean(results, "robust", "method", method, "epsilon", epsilon));
                if (!epsilon.equals("0")) {
                    assertThat(curve.get(curve.size() - 1))
                            .isLessThanOrEqualTo(mean(
                                    results,
                                    "attacked",
                                    "method",
                                    method,
                                    "epsilon",
                                    epsilon,
                                    "attack",
                                    "FGSM",
                                    "prompt",
                                    "C"));
                    assertThat(mean(results, "attack-change", "method", method, "epsilon", epsilon, "attack", "FGSM"))
                            .isCloseTo(Double.parseDouble(epsilon), within(1e-2));
                }
            }
            assertThat(curve.get(0))
                    .isEqualTo(mean(results, "attacked", "method", method, "attack", "none", "prompt", "C"));
            assertThat(curve).isSortedAccordingTo(Comparator.reverseOrder());
        }
        assertThat(results.images()).extracting(images -> images.measure().id()).contains("robust");
        assertThat(results.pictures().get("grid-CLIP.png")).endsWith("ε = 7.91/255");
        run(subject(Method.CLIP, clap()), options, "curve", RunStart.RESUME, Progress.NONE);
    }

    private static Results run(Subject subject, AttackOptions options, String name) {
        return run(subject, options, name, RunStart.NEW, Progress.NONE);
    }

    private static Results run(Subject subject, AttackOptions options, String name, RunStart start, Progress progress) {
        try (Runner runner =
                Runner.open(folder.resolve(name), start, JsonNodeFactory.instance.objectNode(), progress)) {
            runner.run(new Trial(subject, new Robustness(options)));
            return runner.finish();
        }
    }

    private static List<Score> of(Results results, String measure, String... condition) {
        Condition wanted = Condition.NONE;
        for (int i = 0; i < condition.length; i += 2) {
            wanted = wanted.with(condition[i], condition[i + 1]);
        }
        Condition matched = wanted;
        return results.scores().stream()
                .filter(score -> score.measure().id().equals(measure)
                        && score.condition().matches(matched))
                .toList();
    }

    private static double mean(Results results, String measure, String... condition) {
        return of(results, measure, condition).stream()
                .mapToDouble(Score::value)
                .average()
                .orElseThrow();
    }

    @Test
    void everyAttackIsMeasured() {
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        Results results = run(subject(Method.CLIP), options, "zeroshot");

        assertThat(of(results, "attacked", "prompt", "C").stream()
                        .map(score -> score.condition().get(Condition.ATTACK))
                        .distinct())
                .containsExactly("none", "FGSM", "PGD-3", "APGD-T-2", "FAB-T-2", "Square-9", "all attacks");
        assertThat(of(results, "attacked", "attack", "FGSM").stream()
                        .map(score -> score.condition().get(Condition.PROMPT))
                        .distinct())
                .containsExactly("C", "PC", "CP", "NC");
        assertThat(of(results, "attacked", "attack", "FGSM", "prompt", "C"))
                .extracting(score -> score.condition().get(Condition.DOMAIN))
                .containsExactlyElementsOf(
                        pacs.domains().stream().map(domain -> domain.name()).toList());
        assertThat(mean(results, "attack-change", "attack", "none")).isZero();
        assertThat(mean(results, "attack-change", "attack", "FGSM")).isCloseTo(7.905, within(1e-2));
        double least = Stream.of("FGSM", "PGD-3", "APGD-T-2", "FAB-T-2", "Square-9")
                .mapToDouble(attack -> mean(results, "attacked", "attack", attack, "prompt", "C"))
                .min()
                .orElseThrow();
        assertThat(mean(results, "attacked", "attack", "all attacks")).isLessThanOrEqualTo(least);
        assertThat(results.images()).extracting(images -> images.measure().id()).containsOnly("attacked");
        assertThat(results.pictures().get("grid-CLIP.png"))
                .isEqualTo("CLIP: images, changes (magnified) and attacked images; ε = 7.91/255");
    }

    /** Each seed attacks other images, so that only methods of the same seed are compared on them. */
    @Test
    void theAttackedSampleIsIdentified() {
        List<String> samples = new ArrayList<>();
        for (int seed : List.of(7, 8)) {
            AttackOptions options =
                    new AttackOptions(Attacks.parse("fgsm"), 0.031, ThreatModel.PIXEL, Classifier.ZEROSHOT, 3, seed);
            Results results = run(subject(Method.CLIP, clap()), options, "sample-" + seed);
            for (Domain domain : pacs.domains()) {
                List<String> found = results.images().stream()
                        .filter(images ->
                                domain.name().equals(images.condition().get(Condition.DOMAIN)))
                        .map(ImageValues::sample)
                        .distinct()
                        .toList();
                assertThat(found).hasSize(1).doesNotContain("");
                samples.addAll(found);
            }
        }
        assertThat(samples).doesNotHaveDuplicates();

        AttackOptions all = new AttackOptions(
                Attacks.parse("fgsm"), 0.031, ThreatModel.PIXEL, Classifier.ZEROSHOT, AttackOptions.ALL, 7);
        assertThat(run(subject(Method.CLIP), all, "all").images())
                .extracting(ImageValues::sample)
                .containsOnly("");
    }

    @Test
    void withoutAttackTheAnswersAreThoseOfTheEncoder() {
        Results results = run(subject(Method.CLIP), options(ThreatModel.PIXEL, Classifier.ZEROSHOT), "clean");
        ZeroShotClassifier classifier = ZeroShotClassifier.of(clip.texts().encode(pacs.classes()), 1);
        List<AttackBatch> batches = AttackBatch.of(pacs, 3, 7, 32);
        assertThat(batches).hasSize(pacs.domains().size());
        for (AttackBatch batch : batches) {
            Condition clean = Condition.NONE
                    .with(Condition.ATTACK, "none")
                    .with(Condition.PROMPT, "C")
                    .with(Condition.DOMAIN, pacs.domains().get(batch.domain()).name());
            double[] found = results.images().stream()
                    .filter(images -> images.condition().matches(clean))
                    .map(ImageValues::values)
                    .findFirst()
                    .orElseThrow();
            int[] predicted = classifier.predict(clip.images().encode(batch.files()));
            assertThat(found).isEqualTo(ImageValues.correct(predicted, batch.labels()));
        }
    }

    @Test
    void theOfficialThreatModelIsWarnedOf() {
        AttackOptions options = options(ThreatModel.OFFICIAL, Classifier.ONESHOT);
        Results results = run(subject(Method.CLIP), options, "official");

        assertThat(of(results, "attacked-1-shot").stream()
                        .map(score -> score.condition().get(Condition.ATTACK))
                        .distinct())
                .containsExactly(
                        "none", "clamp only", "FGSM", "PGD-3", "APGD-T-2", "FAB-T-2", "Square-9", "all attacks");
        assertThat(of(results, "attacked-1-shot"))
                .extracting(score -> score.condition().get(Condition.PROMPT))
                .containsOnly("1-shot");
        // A white pixel is far above 1 when it is normalised.
        assertThat(mean(results, "attack-change-1-shot", "attack", "clamp only"))
                .isGreaterThan(50);
        assertThat(new Robustness(options).warnings(results.scores()))
                .anyMatch(w -> w.startsWith("The official threat model clamps"));
        assertThat(results.pictures()).containsOnlyKeys("grid-1-shot_CLIP.png");
    }

    @Test
    void aStoppedRunGoesOnToTheSameResult() throws IOException {
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        Subject subject = subject(Method.CLIP, clap());
        run(subject, options, "whole");
        ToldProgress impatient = ToldProgress.stoppingAtQuestion(20);
        assertThatThrownBy(() -> run(subject, options, "stopped", RunStart.NEW, impatient))
                .isInstanceOfSatisfying(StoppedException.class, end -> {
                    assertThat(end.done()).isEqualTo(impatient.done()).isPositive();
                    assertThat(end.steps()).isEqualTo(impatient.steps());
                });
        Path cells = folder.resolve("stopped/cells.jsonl");
        assertThat(Files.readAllLines(cells)).hasSizeBetween(2, 31);
        // As after a power cut in the middle of a line.
        Files.writeString(cells, "{\"key\":\"CL", StandardOpenOption.APPEND);

        ToldProgress counting = ToldProgress.patient();
        run(subject, options, "stopped", RunStart.RESUME, counting);

        assertThat(counting.part()).isEqualTo("Adversarial attacks on zero-shot classification");
        assertThat(counting.done()).isEqualTo(counting.steps());
        for (String file : List.of(
                "cells.jsonl",
                "scores.jsonl",
                "images.jsonl",
                "pictures.json",
                "grid-CLIP.png",
                "grid-CLAP_α=0.5.png")) {
            assertThat(folder.resolve("stopped").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    /** Accuracies of the protocol before this measurement; another processor may decide a few of 48 images otherwise. */
    @Test
    void scoresStayWhatTheyWere() {
        AttackOptions options = new AttackOptions(
                Attacks.parse("fgsm,pgd-3,apgd-t-2"), 0.031, ThreatModel.PIXEL, Classifier.ZEROSHOT, 12, 7);
        Results results = run(subject(Method.CLIP, clap()), options, "golden");
        List<Double> means = new ArrayList<>();
        for (String method : List.of("CLIP", "CLAP")) {
            for (String attack : List.of("none", "FGSM", "PGD-3", "APGD-T-2", "all attacks")) {
                means.add(mean(results, "attacked", "method", method, "attack", attack, "prompt", "C"));
            }
        }
        assertThat(means)
                .usingElementComparator((one, other) -> Math.abs(one - other) < 4.5 ? 0 : 1)
                .containsExactly(14.58, 4.17, 4.17, 4.17, 4.17, 18.75, 4.17, 4.17, 4.17, 4.17);
    }

    @Test
    void thePictureShowsEveryAttack() throws IOException {
        run(subject(Method.CLIP), options(ThreatModel.PIXEL, Classifier.ZEROSHOT), "picture");

        BufferedImage grid =
                ImageIO.read(folder.resolve("picture/grid-CLIP.png").toFile());

        // Eleven pictures of 128 pixels beside the names, two rows for each domain.
        assertThat(grid.getWidth()).isEqualTo(2 * 16 + 130 + 11 * (128 + 10));
        assertThat(grid.getHeight()).isEqualTo(2 * 16 + 3 * 18 + 8 * (128 + 18 + 10));
    }

    @Test
    void aDamagedPictureIsNamed() throws IOException {
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        run(subject(Method.CLIP), options, "damaged");
        Path example = folder.resolve("damaged/examples/CLIP-domain0-batch0-FGSM.safetensors");
        Files.writeString(example, "none");

        assertThatThrownBy(() -> run(subject(Method.CLIP), options, "damaged", RunStart.RESUME, Progress.NONE))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(example.toString());
    }

    @Test
    void featuresAloneAreNotAttacked() {
        Subject subject = new Subject(Optional.empty(), clip.texts(), encoded, List.of(Method.CLIP), Condition.NONE);
        AttackOptions options = options(ThreatModel.PIXEL, Classifier.ZEROSHOT);
        assertThatThrownBy(() -> run(subject, options, "features"))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("give a model and images");
    }

    @Test
    void settingsAreThoseOfTheCommandLine() {
        assertThat(Robustness.KIND.of(Map.of()).options())
                .containsExactly(
                        Map.entry("attacks", "FGSM,PGD-20,CW-20"),
                        Map.entry("epsilon", "0.031"),
                        Map.entry("threat", "pixel"),
                        Map.entry("classifier", "zeroshot"),
                        Map.entry("limit", "all"),
                        Map.entry("seed", "0"));
        Map<String, List<String>> given =
                Map.of("attacks", List.of("cw-3"), "threat", List.of("official"), "limit", List.of("5"));
        assertThat(Robustness.KIND.of(given).options())
                .containsEntry("attacks", "CW-3")
                .containsEntry("threat", "official")
                .containsEntry("limit", "5");
        for (String wrong : List.of("8/x", "-1", "0.1;0.2", "")) {
            assertThatThrownBy(() -> Robustness.KIND.of(Map.of("epsilon", List.of(wrong))))
                    .isInstanceOf(ClapException.class)
                    .hasMessage("epsilon should be numbers such as 0.031 or 8/255, not '" + wrong + "'");
        }
        assertThatThrownBy(() -> Robustness.KIND.of(Map.of("epsilon", List.of("8/255,1/8,8/255"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("Epsilon 8/255 is named twice");
        assertThatThrownBy(() -> Robustness.KIND.of(Map.of("threat", List.of("none"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("threat should be pixel or official, not 'none'");
    }

    @Test
    void gradientsAreTimed() {
        assertThat(GradientTrial.seconds(clip, pacs, options(ThreatModel.PIXEL, Classifier.ONESHOT)))
                .isBetween(1e-6, 10.0);
    }
}
