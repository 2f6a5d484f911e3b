package dev.clap4j.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.FrozenModel;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.ResultQuery;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.VarianceShares;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.report.Report;
import dev.clap4j.training.probe.ProbeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTests {
    private static final QuickstartOptions OPTIONS = options(30, 2, 6);

    private static final WordWorld WORLD = new WordWorld();
    private static final Counting COUNTED = new Counting();

    /** A share of one of 128 unseen images: the processor of another machine may decide an answer otherwise. */
    private static final double ONE_ANSWER = 0.79;

    @TempDir
    static Path folder;

    private static QuickstartData data;
    private static ResultQuery found;

    private static final class Counting implements Progress {
        private final List<String> begun = new ArrayList<>();
        private final Map<String, Long> announced = new LinkedHashMap<>();
        private final Map<String, Long> done = new LinkedHashMap<>();

        @Override
        public void begin(String part, long steps, long before) {
            begun.add(part);
            announced.merge(part, steps, Long::sum);
            done.merge(part, before, Long::sum);
        }

        @Override
        public void advance(long steps) {
            done.merge(begun.get(begun.size() - 1), steps, Long::sum);
        }
    }

    private static QuickstartOptions options(int promptsPerClass, int supportDraws, int templateDraws) {
        QuickstartOptions quick = QuickstartOptions.quick(WordWorld.CLASSES, WordWorld.DIM)
                .withHeads(2)
                .withSteps(300);
        return new QuickstartOptions(quick.training(), promptsPerClass, quick.headSeeds(), supportDraws, templateDraws);
    }

    private static Results run(WordWorld world, Progress progress, String name) {
        return run(world, progress, name, images(world));
    }

    private static Results run(
            WordWorld world, Progress progress, String name, BiFunction<List<Path>, Progress, FeatureMatrix> images) {
        Quickstart quickstart = new Quickstart(data, OPTIONS, progress);
        FrozenModel model =
                new FrozenModel(new Backbone("words", "none", "ort"), world, OrtEngine.create(), Optional.empty());
        try (Runner runner = Runner.open(
                folder.resolve(name),
                RunStart.NEW,
                quickstart.record("clap quickstart").json(),
                progress)) {
            return quickstart.run(model, images, runner);
        }
    }

    /** The features of files, by their paths below the folder, so that they are the same in any. */
    private static BiFunction<List<Path>, Progress, FeatureMatrix> images(WordWorld world) {
        return (files, inside) ->
                world.images(files.stream().map(folder::relativize).toList(), inside);
    }

    private static Dataset dataset(String name, String... domains) throws IOException {
        Dataset dataset = WordWorld.dataset(folder.resolve(name).toString(), domains);
        for (Path file : dataset.files()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "An image of " + file.getFileName());
        }
        return dataset;
    }

    @BeforeAll
    static void runOnce() throws IOException {
        data = new QuickstartData(
                dataset("seen", "one", "two", "three"),
                dataset("unseen", "four", "five"),
                file -> WordWorld.TYPES.get(
                        Integer.parseInt(String.valueOf(file.getFileName()).replaceAll("\\D.*", ""))));
        found = new ResultQuery(run(WORLD, COUNTED, "whole"));
    }

    private static double difference(String measure, String... condition) {
        String[] clap = Arrays.copyOf(condition, condition.length + 1);
        String[] clip = clap.clone();
        clap[condition.length] = "method=CLAP";
        clip[condition.length] = "method=CLIP";
        return found.mean(measure, clap) - found.mean(measure, clip);
    }

    /** Of each measure, CLIP's figure, those of the heads with seeds 0 and 1, and the interval of the difference. */
    private record Kept(String title, double clip, double first, double second, double low, double high, String is) {}

    /** The figures of the quickstart before it was an experiment of measurements. */
    private static final List<Kept> KEPT = List.of(
            new Kept(
                    "1-shot probe, unseen domains, all images",
                    55.46875,
                    67.578125,
                    67.96875,
                    8.0078125,
                    16.9921875,
                    "better"),
            new Kept(
                    "1-shot probe, unseen domains, other images",
                    49.107142857142854,
                    62.94642857142857,
                    63.39285714285714,
                    9.151785714285701,
                    19.41964285714286,
                    "better"),
            new Kept(
                    "1-shot probe, from one unseen domain to the others",
                    50.0,
                    67.578125,
                    66.796875,
                    12.5,
                    21.875,
                    "better"),
            new Kept(
                    "Zero-shot, mixed templates, unseen domains",
                    55.859375,
                    71.22395833333334,
                    74.47916666666666,
                    14.518229166666671,
                    19.59635416666668,
                    "better"),
            new Kept(
                    "Zero-shot, mean of C, PC and CP, unseen domains",
                    96.35416666666667,
                    96.35416666666667,
                    96.35416666666667,
                    0,
                    0,
                    "same"),
            new Kept(
                    "Zero-shot, mean of C, PC and CP, seen domains",
                    98.95833333333333,
                    98.95833333333333,
                    99.13194444444444,
                    0,
                    0.2604166666666714,
                    "within noise"),
            new Kept("R, range over C, PC and CP, unseen domains", 0.78125, 0.78125, 0.78125, 0, 0, "same"),
            new Kept(
                    "R, range over C, PC and CP, seen domains",
                    0.0,
                    0.0,
                    0.5208333333333428,
                    0,
                    0.78125,
                    "within noise"),
            new Kept(
                    "Δ(NC), loss by noise in the prompt, unseen domains", 0, 0, -0.78125, -1.171875, 0, "within noise"),
            new Kept(
                    "Δ(NC), loss by noise in the prompt, seen domains",
                    0.5208333333333286,
                    0.5208333333333286,
                    0,
                    -1.3020833333333357,
                    0.5208333333333357,
                    "within noise"));

    @Test
    void printedFiguresStayWhatTheyWere() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Report.read(List.of(folder.resolve("whole")))
                .summary()
                .get(0)
                .rows()
                .forEach(row -> rows.put(row.get(0).replace(" ↓", ""), row));
        assertThat(rows).hasSize(KEPT.size() + 2);
        for (Kept kept : KEPT) {
            List<String> row = rows.get(kept.title);
            assertThat(row).as(kept.title).isNotNull();
            double mean = (kept.first + kept.second) / 2;
            double deviation = Math.abs(kept.first - kept.second) / Math.sqrt(2);
            assertThat(row.get(1)).isEqualTo(String.format("%.2f", kept.clip));
            isNear(kept, row.get(2), mean, deviation);
            isNear(kept, row.get(3), mean - kept.clip);
            isNear(kept, row.get(4), kept.low, kept.high);
            assertThat(row.get(5)).as(kept.title).isEqualTo(kept.is);
        }
        assertThat(rows.get("Image variance explained by class, %").subList(1, 6))
                .containsExactly("34.62", "42.73 ± 0.74", "+8.11", "", "two heads: no interval");
        assertThat(rows.get("Image variance explained by image type, %").subList(1, 6))
                .containsExactly("53.94", "45.59 ± 0.48", "-8.35", "", "two heads: no interval");
    }

    private static void isNear(Kept kept, String cell, double... expected) {
        double[] numbers = Arrays.stream(cell.split(" [±…] "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(numbers).as("%s: %s", kept.title, cell).hasSameSizeAs(expected);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).as("%s: %s", kept.title, cell).isCloseTo(expected[i], within(ONE_ANSWER));
        }
    }

    /** Styles and classes are sums of independent words here, so a head that learns anything must tell them apart. */
    @Test
    void clapTakesStyleAway() {
        assertThat(difference("probe-unlabelled")).isGreaterThan(5);
        assertThat(difference("probe-other-domains")).isGreaterThan(5);
        assertThat(difference("mixed-templates", "data=unseen")).isGreaterThan(2);
        assertThat(difference("variance-type")).isLessThan(-2);
        assertThat(difference("variance-class")).isGreaterThan(2);
        assertThat(found.mean("mixed-templates", "data=seen", "method=CLAP")).isCloseTo(76.2152777, within(ONE_ANSWER));
    }

    private static List<Double> alone(Subject subject, Measurement measurement, String measure) {
        return new ResultQuery(new Trial(subject, measurement).results()).values(measure);
    }

    /** The same figures, from the saved heads and the measurements by themselves. */
    @Test
    void figuresAreThoseOfTheMeasurementsAlone() {
        EncodedDataset unseen = EncodedDataset.of(
                data.unseen(), images(WORLD).apply(data.unseen().files(), Progress.NONE));
        for (int seed = 0; seed < 2; seed++) {
            Head head = Head.load(folder.resolve("whole/heads/head-" + seed + "/head.safetensors"));
            Subject far = subject(unseen, head, "probe-other-domains", seed);
            Subject weak = subject(unseen, head, "zeroshot-noise-drop", seed);
            String own = "seed=" + seed;

            assertThat(alone(far, FewShot.averaged(1, List.of(0L, 1L), ProbeOptions.OFFICIAL), "probe-other-domains"))
                    .isEqualTo(found.values("probe-other-domains", own));
            assertThat(alone(far, new VarianceShares(data.imageType()), "variance-type"))
                    .isEqualTo(found.values("variance-type", own));
            assertThat(alone(weak, new ZeroShot(ZeroShot.STYLES, 16, 0), "zeroshot-noise-drop"))
                    .isEqualTo(found.values("zeroshot-noise-drop", own, "data=unseen"));
        }
    }

    /** Returns a head with the α that the quickstart chose for a measure. */
    private static Subject subject(EncodedDataset images, Head head, String measure, int seed) {
        String alpha = found.dimension(Condition.ALPHA, measure, "seed=" + seed).get(0);
        Method method = Method.clap(head::apply, Float.parseFloat(alpha));
        return new Subject(Optional.empty(), WORLD, images, List.of(method), Condition.NONE);
    }

    @Test
    void seenAndUnseenDomainsAreToldApart() {
        assertThat(found.dimension(Condition.DATA, "zeroshot")).containsExactly("unseen", "seen");
        assertThat(found.dimension(Condition.DOMAIN, "zeroshot", "data=seen")).containsExactly("one", "two", "three");
        assertThat(found.dimension(Condition.DOMAIN, "mixed-templates", "data=unseen"))
                .containsExactly("four", "five");
        assertThat(found.dimension(Condition.DATA, "probe")).containsExactly("unseen");
    }

    @Test
    void samplesComeFromEveryUnseenDomain() throws IOException {
        List<Samples.Sample> samples = samples("whole");

        assertThat(samples).hasSize(16);
        assertThat(samples).filteredOn(sample -> sample.domain().equals("four")).hasSize(8);
        assertThat(samples).allSatisfy(sample -> {
            assertThat(WordWorld.CLASSES).contains(sample.className(), sample.clip(), sample.clap());
            assertThat(folder.resolve("whole").resolve(sample.file())).content().startsWith("An image of ");
        });
        // The first one was drawn before the quickstart was an experiment of measurements, too.
        assertThat(samples.get(0).toString())
                .isEqualTo("Sample[file=samples/0.png, domain=four, className=bird, clip=bird, clap=bird]");
        assertThat(samples)
                .anyMatch(sample -> sample.clap().equals(sample.className()))
                .anyMatch(sample -> !sample.clip().equals(sample.className()));
    }

    private static List<Samples.Sample> samples(String name) throws IOException {
        return List.of(JsonMapper.builder()
                .build()
                .readValue(folder.resolve(name).resolve("samples.json").toFile(), Samples.Sample[].class));
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
        assertThat(COUNTED.begun).startsWith("images", "texts", "heads", "choosing α");
        assertThat(COUNTED.begun)
                .filteredOn(part -> part.contains(", data "))
                .containsExactly(
                        "Few-shot, data unseen",
                        "Mixed templates, data unseen",
                        "Mixed templates, data seen",
                        "Variance of image features, data unseen",
                        "Zero-shot, data unseen",
                        "Zero-shot, data seen");
        assertThat(COUNTED.done).isEqualTo(COUNTED.announced);
        assertThat(COUNTED.announced).containsEntry("images", 320L).containsEntry("heads", 600L);
    }

    @Test
    void itEndsAsSoonAsItShould() {
        for (String part : List.of("images", "heads", "Variance of image features, data unseen")) {
            ToldProgress stopping = ToldProgress.stopping(told -> told.part().equals(part) && told.done() > 0);
            assertThatThrownBy(() -> run(new WordWorld(), stopping, "stopped in " + part))
                    .isInstanceOf(StoppedException.class);
            assertThat(stopping.part()).isEqualTo(part);
            assertThat(stopping.done()).isLessThan(stopping.steps());
        }
    }

    @Test
    void theSameAgain() throws IOException {
        run(new WordWorld(), Progress.NONE, "again");

        for (String file : List.of("scores.jsonl", "images.jsonl", "samples.json", "heads/head-1/head.safetensors")) {
            assertThat(folder.resolve("again").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void strengthsComeFromTheSeenDomainsAlone() {
        // Unseen images without any sense must not change what is chosen.
        WordWorld mad = new WordWorld();
        ResultQuery other = new ResultQuery(run(mad, Progress.NONE, "mad", (files, inside) -> {
            FeatureMatrix right = images(mad).apply(files, inside);
            boolean seen = files.get(0).startsWith(folder.resolve("seen"));
            return seen
                    ? right
                    : right.select(IntStream.range(0, files.size())
                            .map(i -> i * 7 % files.size())
                            .toArray());
        }));

        for (String measure : List.of("probe", "mixed-templates", "zeroshot")) {
            for (String seed : List.of("seed=0", "seed=1")) {
                assertThat(other.dimension(Condition.ALPHA, measure, seed))
                        .isEqualTo(found.dimension(Condition.ALPHA, measure, seed))
                        .hasSize(1);
            }
        }
        assertThat(other.mean("probe-unlabelled", "method=CLAP"))
                .isNotEqualTo(found.mean("probe-unlabelled", "method=CLAP"));
    }

    @Test
    void bothDataSetsHaveTheSameClasses() {
        Dataset fewer = new Dataset(Path.of("fewer"), List.of("cat"), List.of());
        Dataset seen = WordWorld.dataset("seen", "one");
        assertThatThrownBy(() -> new QuickstartData(seen, fewer, Path::toString))
                .isInstanceOf(ClapException.class)
                .hasMessage("The data sets seen and fewer should have the same classes, but only one of them has bird,"
                        + " dog, fish, horse, house, ship, tree");
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withHeads(0))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one head must be trained; give 1 seed or more");
        assertThatThrownBy(() -> options(481, 2, 6)).hasMessageContaining("not 481");
        assertThatThrownBy(() -> options(30, 0, 1)).hasMessageContaining("0 and 1");
    }
}
