package dev.clap4j.evaluation.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.VarianceShare;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.Significance;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTests {
    private static final QuickstartOptions OPTIONS = QuickstartOptions.quick(WordWorld.CLASSES, WordWorld.DIM)
            .withHeads(2)
            .withSteps(300)
            .withPromptsPerClass(30)
            .withDraws(2, 6);

    private static final WordWorld WORLD = new WordWorld();
    private static final QuickstartData DATA = new QuickstartData(
            WordWorld.dataset("seen", "one", "two", "three"),
            WordWorld.dataset("unseen", "four", "five"),
            file -> WordWorld.TYPES.get(
                    Integer.parseInt(String.valueOf(file.getFileName()).replaceAll("\\D.*", ""))));
    private static final Counting COUNTED = new Counting();

    @TempDir
    static Path folder;

    private static QuickstartReport report;

    private static final class Counting implements Progress {
        private final List<String> begun = new ArrayList<>();
        private final Map<String, Long> announced = new LinkedHashMap<>();
        private final Map<String, Long> done = new LinkedHashMap<>();

        @Override
        public void begin(String part, long steps, long before) {
            begun.add(part);
            announced.put(part, steps);
            done.put(part, before);
        }

        @Override
        public void advance(long steps) {
            done.merge(begun.get(begun.size() - 1), steps, Long::sum);
        }
    }

    private static QuickstartReport run(WordWorld world, Progress progress, Path runs) {
        return new Quickstart(DATA, OPTIONS, progress)
                .run(new Backbone("words", "none", "ort"), world, OrtEngine.create(), world::images, runs);
    }

    @BeforeAll
    static void runOnce() {
        report = run(WORLD, COUNTED, folder.resolve("runs"));
    }

    @Test
    void everyMeasureIsTakenInOrder() {
        assertThat(report.comparisons()).extracting(Comparison::measure).containsExactly(QuickstartMetric.values());
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.clap().values()).hasSize(2);
            assertThat(comparison.difference().value())
                    .isCloseTo(comparison.clap().mean() - comparison.clip(), within(1e-9));
        });
        assertThat(report.of(QuickstartMetric.FEW_SHOT_ACROSS).title())
                .isEqualTo("1-shot probe, from one unseen domain to the others");
        assertThat(report.of(QuickstartMetric.VARIANCE_CLASS).title())
                .isEqualTo("image variance explained by class, %");
    }

    /** Styles and classes are sums of independent words here, so a head that learns anything must tell them apart. */
    @Test
    void clapTakesStyleAway() {
        assertThat(report.of(QuickstartMetric.FEW_SHOT_OTHERS).difference().value())
                .isGreaterThan(5);
        assertThat(report.of(QuickstartMetric.FEW_SHOT_ACROSS).difference().value())
                .isGreaterThan(5);
        assertThat(report.of(QuickstartMetric.MIXED_UNSEEN).difference().value())
                .isGreaterThan(2);
        assertThat(report.of(QuickstartMetric.VARIANCE_TYPE).difference().value())
                .isLessThan(-2);
        assertThat(report.of(QuickstartMetric.VARIANCE_CLASS).difference().value())
                .isGreaterThan(2);
    }

    /** The same figures, from the saved heads and the protocols by themselves. */
    @Test
    void figuresAreThoseOfTheProtocols() {
        FeatureMatrix images = WORLD.images(DATA.unseen().files(), Progress.NONE);
        EncodedDataset unseen = EncodedDataset.of(DATA.unseen(), images);
        for (int i = 0; i < 2; i++) {
            TrainedHead trained = report.heads().get(i);
            Head head = Head.load(Path.of(trained.file()));
            Method method = Method.clap(head::apply, trained.alphas().fewShot());

            FewShotProtocol probe = new FewShotProtocol(unseen, ProbeOptions.OFFICIAL);
            double across = (probe.run(method, 1, 0).acrossMean()
                            + probe.run(method, 1, 1).acrossMean())
                    / 2;
            assertThat(report.of(QuickstartMetric.FEW_SHOT_ACROSS)
                            .clap()
                            .values()
                            .get(i))
                    .isCloseTo(across, within(1e-9));

            int[] types = DATA.unseen().files().stream()
                    .mapToInt(file -> file.getFileName().toString().charAt(0))
                    .toArray();
            assertThat(report.of(QuickstartMetric.VARIANCE_TYPE).clap().values().get(i))
                    .isCloseTo(
                            100
                                    * VarianceShare.of(
                                            head.apply(images, trained.alphas().fewShot()), types),
                            within(1e-9));

            Method weak = Method.clap(head::apply, trained.alphas().zeroShot());
            double noiseDrop = new ZeroShotProtocol(DATA.unseen(), unseen.images(), WORLD, 16, 0)
                    .run(Arrays.stream(PromptStyle.values()).map(PromptSet::of).toList(), List.of(weak))
                    .get(0)
                    .noiseDrop();
            assertThat(report.of(QuickstartMetric.NOISE_DROP_UNSEEN)
                            .clap()
                            .values()
                            .get(i))
                    .isCloseTo(noiseDrop, within(1e-9));
        }
    }

    @Test
    void intervalsHoldTheDifference() {
        for (Comparison comparison : report.comparisons()) {
            Difference difference = comparison.difference();
            if (difference.over() == Difference.Over.PICTURES) {
                // The range of resampled means tends to be larger than that of the means, so R may lie a little
                // outside.
                assertThat(difference.value())
                        .as(comparison.title())
                        .isBetween(
                                difference.interval().low() - 0.5,
                                difference.interval().high() + 0.5);
                assertThat(difference.interval().high()).isLessThan(difference.value() + 20);
            } else {
                assertThat(comparison.measure()).isIn(QuickstartMetric.VARIANCE_CLASS, QuickstartMetric.VARIANCE_TYPE);
                assertThat(difference.interval()).as("two heads are too few").isNull();
            }
        }
        assertThat(report.of(QuickstartMetric.FEW_SHOT_OTHERS).difference().verdict())
                .isEqualTo(Significance.BETTER);
    }

    @Test
    void detailsAddUpToTheComparisons() {
        assertThat(report.domains())
                .extracting(DomainScores::domain)
                .containsExactly("one", "two", "three", "four", "five");
        assertThat(report.domains()).extracting(DomainScores::seen).containsExactly(true, true, true, false, false);
        double mixed = report.domains().stream()
                .filter(domain -> !domain.seen())
                .flatMap(domain -> domain.figures().stream())
                .filter(figure -> figure.name().equals("mixed templates"))
                .collect(Collectors.averagingDouble(DomainScores.Score::clap));
        assertThat(report.of(QuickstartMetric.MIXED_UNSEEN).clap().mean()).isCloseTo(mixed, within(1e-9));
        double probe = report.domains().stream()
                .flatMap(domain -> domain.figures().stream())
                .filter(figure -> figure.name().equals("1-shot"))
                .collect(Collectors.averagingDouble(DomainScores.Score::clip));
        assertThat(report.of(QuickstartMetric.FEW_SHOT_WHOLE).clip()).isCloseTo(probe, within(1e-9));
    }

    @Test
    void samplesComeFromEveryUnseenDomain() {
        assertThat(report.samples()).hasSize(16);
        assertThat(report.samples())
                .filteredOn(sample -> sample.domain().equals("four"))
                .hasSize(8);
        assertThat(report.samples()).allSatisfy(sample -> {
            assertThat(Path.of(sample.file()).getParent().getFileName()).hasToString(sample.className());
            assertThat(WordWorld.CLASSES).contains(sample.clip(), sample.clap());
            assertThat(sample.clapIsRight()).isEqualTo(sample.clap().equals(sample.className()));
        });
        assertThat(report.samples()).anyMatch(Sample::clapIsRight).anyMatch(sample -> !sample.clipIsRight());
    }

    @Test
    void everyTextIsEncodedOnce() {
        assertThat(new HashSet<>(WORLD.encoded).size()).isEqualTo(WORLD.encoded.size());
        List<List<String>> prompts = OPTIONS.prompts();
        assertThat(prompts)
                .hasSize(8)
                .allSatisfy(ofClass -> assertThat(ofClass).hasSize(30).doesNotHaveDuplicates());
        assertThat(WORLD.encoded).containsAll(prompts.get(3));
    }

    @Test
    void progressAddsUp() {
        assertThat(COUNTED.begun).containsExactly("images", "texts", "heads", "measures");
        assertThat(COUNTED.done).isEqualTo(COUNTED.announced);
        assertThat(COUNTED.announced).containsEntry("images", 320L).containsEntry("heads", 600L);
    }

    @Test
    void itEndsAsSoonAsItShould() {
        for (String part : List.of("images", "heads", "measures")) {
            ToldProgress stopping = ToldProgress.stopping(told -> told.part().equals(part) && told.done() > 0);
            assertThatThrownBy(() -> run(new WordWorld(), stopping, folder.resolve("stopped")))
                    .isInstanceOf(StoppedException.class);
            assertThat(stopping.part()).isEqualTo(part);
            assertThat(stopping.done()).isLessThan(stopping.steps());
        }
    }

    @Test
    void theSameAgain() {
        QuickstartReport again = run(new WordWorld(), Progress.NONE, folder.resolve("again"));

        assertThat(again.comparisons()).isEqualTo(report.comparisons());
        assertThat(again.samples()).isEqualTo(report.samples());
        assertThat(Files.exists(folder.resolve("again/head-1/head.safetensors")))
                .isTrue();
    }

    @Test
    void strengthsComeFromTheSeenDomainsAlone() {
        // Unseen images without any sense must not change what is chosen.
        WordWorld mad = new WordWorld();
        QuickstartReport other = new Quickstart(DATA, OPTIONS, Progress.NONE)
                .run(
                        new Backbone("words", "none", "ort"),
                        mad,
                        OrtEngine.create(),
                        (files, inside) -> {
                            FeatureMatrix right = mad.images(files, inside);
                            boolean seen = files.get(0).startsWith("seen");
                            return seen
                                    ? right
                                    : right.select(IntStream.range(0, files.size())
                                            .map(i -> i * 7 % files.size())
                                            .toArray());
                        },
                        folder.resolve("mad"));

        assertThat(other.heads())
                .extracting(TrainedHead::alphas)
                .isEqualTo(report.heads().stream().map(TrainedHead::alphas).toList());
        assertThat(other.of(QuickstartMetric.FEW_SHOT_OTHERS).clap().mean())
                .isNotEqualTo(report.of(QuickstartMetric.FEW_SHOT_OTHERS).clap().mean());
    }

    @Test
    void bothDataSetsHaveTheSameClasses() {
        Dataset fewer = new Dataset(Path.of("fewer"), List.of("cat"), List.of());
        assertThatThrownBy(() -> new QuickstartData(DATA.seen(), fewer, Path::toString))
                .isInstanceOf(ClapException.class)
                .hasMessage("The data sets seen and fewer should have the same classes, but only one of them has bird,"
                        + " dog, fish, horse, house, ship, tree");
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withHeads(0))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one head must be trained; give 1 seed or more");
        assertThatThrownBy(() -> OPTIONS.withPromptsPerClass(481)).hasMessageContaining("not 481");
        assertThatThrownBy(() -> OPTIONS.withDraws(0, 1)).hasMessageContaining("1, 0 and 1");
    }
}
