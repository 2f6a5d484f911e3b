package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.experiment.statistics.Difference;
import dev.clap4j.experiment.statistics.PairedBootstrap;
import dev.clap4j.report.Comparison.Pair;
import dev.clap4j.report.Comparison.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that differ only in their seeds are averaged; other methods are told apart by the difference. */
class ComparisonTests {
    private static final Map<String, String> USUAL = Map.of("objective", "clap", "tau", "0.2", "latent", "64");

    @TempDir
    private Path folder;

    private final List<Path> runs = new ArrayList<>();

    private void add(RunFiles run) throws IOException {
        runs.add(run.writeTo(folder.resolve("run-" + runs.size())));
    }

    /** A run in which CLIP reaches 50. */
    private static RunFiles run(double clap, Map<String, String> head) {
        return run(clap, head, "0.1");
    }

    private static RunFiles run(double clap, Map<String, String> head, String alpha) {
        return RunFiles.of("zeroshot")
                .head("CLAP", head)
                .score("zeroshot", 50, "method=CLIP", "prompt=C", "domain=sketch")
                .score("zeroshot", clap, "method=CLAP", "alpha=" + alpha, "prompt=C", "domain=sketch");
    }

    private static Map<String, String> usual(String name, String value) {
        Map<String, String> settings = new LinkedHashMap<>(USUAL);
        settings.put(name, value);
        return settings;
    }

    private Section section() {
        List<Section> sections = Section.of(RunReader.find(runs));
        assertThat(sections).hasSize(1);
        return sections.get(0);
    }

    private static String text(Section section, String method) {
        Comparison comparison = new Comparison(section);
        Row row = comparison.rows().get(0);
        return comparison.of(row, method).text();
    }

    private static Difference difference(Section section, String method, String other) {
        Comparison comparison = new Comparison(section);
        return comparison
                .difference(comparison.rows().get(0), new Pair(method, other))
                .orElseThrow();
    }

    @Test
    void headsFromOtherSeedsAreAveraged() throws IOException {
        add(run(60, USUAL));
        add(run(62, USUAL).option("seed", "1"));
        add(run(64, USUAL).option("seed", "2"));

        Section section = section();

        assertThat(section.methods()).containsExactly("CLIP", "CLAP");
        assertThat(text(section, "CLAP")).isEqualTo("62.00 ± 2.00");
        Difference difference = difference(section, "CLAP", "CLIP");
        assertThat(difference.words()).isEqualTo("better");
        assertThat(difference.over()).isEqualTo(Difference.Over.RUNS);
    }

    @Test
    void headsThatWereTrainedOtherwiseAreNamedByIt() throws IOException {
        add(run(60, USUAL));
        add(run(62, USUAL));
        add(run(10, usual("tau", "0.9")));

        Section section = section();

        assertThat(section.methods()).containsExactly("CLIP", "CLAP (tau 0.2)", "CLAP (tau 0.9)");
        assertThat(text(section, "CLAP (tau 0.2)")).isEqualTo("61.00 ± 1.41");
        assertThat(text(section, "CLAP (tau 0.9)")).isEqualTo("10.00");
        assertThat(new Comparison(section).pairs())
                .containsExactly(
                        new Pair("CLAP (tau 0.2)", "CLIP"),
                        new Pair("CLAP (tau 0.9)", "CLIP"),
                        new Pair("CLAP (tau 0.9)", "CLAP (tau 0.2)"));
        assertThat(difference(section, "CLAP (tau 0.9)", "CLIP").words()).isEqualTo("one run: no interval");
    }

    @Test
    void soAreOtherStrengthsUnlessChosen() throws IOException {
        add(run(60, USUAL, "0.1"));
        add(run(61, USUAL, "0.5"));
        assertThat(section().methods()).containsExactly("CLIP", "CLAP (alpha 0.1)", "CLAP (alpha 0.5)");

        runs.clear();
        add(run(60, USUAL, "0.1").option("alpha", "auto"));
        add(run(61, USUAL, "0.5").option("alpha", "auto"));
        assertThat(section().methods()).containsExactly("CLIP", "CLAP");
    }

    /** One column may have several measures, so a method has one name in all of them. */
    @Test
    void soAreStrengthsAndHeadsOfOtherMeasurements() throws IOException {
        add(run(60, USUAL, "0.1").option("alpha", "auto"));
        add(RunFiles.of("fewshot")
                .head("CLAP", USUAL)
                .score("probe", 50, "method=CLIP", "shots=1", "draw=0", "domain=sketch")
                .score("probe", 70, "method=CLAP", "alpha=1.0", "shots=1", "draw=0", "domain=sketch"));
        assertThat(section().methods()).containsExactly("CLIP", "CLAP (alpha auto)", "CLAP (alpha 1.0)");

        runs.clear();
        add(run(60, USUAL, "1.0"));
        add(RunFiles.of("mixed")
                .head("CLAP", usual("tau", "0.9"))
                .score("mixed-templates", 70, "method=CLAP", "alpha=1.0", "domain=sketch"));
        assertThat(section().methods()).containsExactly("CLIP", "CLAP (tau 0.2)", "CLAP (tau 0.9)");
    }

    @Test
    void otherSettingsOfTheRunsAreNamed() throws IOException {
        add(run(60, USUAL).option("noise-batch", "64"));
        add(run(62, USUAL).option("noise-batch", "16"));

        assertThat(section().methods())
                .containsExactly(
                        "CLIP (noise-batch 64)",
                        "CLIP (noise-batch 16)",
                        "CLAP (noise-batch 64)",
                        "CLAP (noise-batch 16)");
    }

    @Test
    void modelsAreComparedOnTheSamePictures() throws IOException {
        add(RunFiles.of("zeroshot").images("zeroshot", right(30), "method=CLIP", "prompt=C", "domain=a"));
        add(RunFiles.of("zeroshot")
                .model("large", "model 2")
                .images("zeroshot", right(90), "method=CLIP", "prompt=C", "domain=a"));

        Section section = section();

        assertThat(section.methods()).containsExactly("CLIP (model mini model 1)", "CLIP (model large model 2)");
        Difference difference =
                difference(section, section.methods().get(1), section.methods().get(0));
        assertThat(difference.over()).isEqualTo(Difference.Over.PICTURES);
        assertThat(difference.value()).isCloseTo(60, within(1e-9));
        assertThat(difference.words()).isEqualTo("better");
    }

    /** The first so many of a hundred images. */
    private static double[] right(int count) {
        double[] right = new double[100];
        for (int i = 0; i < count; i++) {
            right[i] = 1;
        }
        return right;
    }

    @Test
    void beforeAndAfterAreComparedUnlessThePicturesDiffer() throws IOException {
        add(RunFiles.of("zeroshot")
                .head("CLAP", USUAL)
                .images("zeroshot", right(50), "method=CLAP", "alpha=1.0", "prompt=C", "domain=a"));
        add(RunFiles.of("zeroshot")
                .head("CLAP", usual("tau", "0.9"))
                .images("zeroshot", right(70), "method=CLAP", "alpha=1.0", "prompt=C", "domain=a"));
        assertThat(difference(section(), "CLAP (tau 0.9)", "CLAP (tau 0.2)").over())
                .isEqualTo(Difference.Over.PICTURES);

        runs.remove(1);
        add(RunFiles.of("zeroshot")
                .head("CLAP", usual("tau", "0.9"))
                .fingerprint("other pictures")
                .images("zeroshot", right(70), "method=CLAP", "alpha=1.0", "prompt=C", "domain=a"));
        Difference difference = difference(section(), "CLAP (tau 0.9)", "CLAP (tau 0.2)");
        assertThat(difference.over()).isEqualTo(Difference.Over.RUNS);
        assertThat(difference.words()).isEqualTo("one run: no interval");
    }

    /** A run with three seeds, in which each attacked the images of a sample. */
    private static RunFiles attacked(String... samples) {
        RunFiles run = RunFiles.of("reproduction");
        for (int seed = 0; seed < samples.length; seed++) {
            String own = "seed=" + seed;
            run.sampled(samples[seed], "attacked", right(50), "method=CLIP", own, "attack=FGSM", "prompt=C", "domain=a")
                    .sampled(
                            samples[seed],
                            "attacked",
                            right(60 + seed),
                            "method=CLAP",
                            "alpha=0.1",
                            own,
                            "attack=FGSM",
                            "prompt=C",
                            "domain=a");
        }
        return run;
    }

    @Test
    void seedsThatAttackOtherSamplesAreComparedOverRuns() throws IOException {
        add(attacked("sample 0", "sample 1", "sample 2"));
        Difference difference = difference(section(), "CLAP", "CLIP");
        assertThat(difference.over()).isEqualTo(Difference.Over.RUNS);
        assertThat(difference.count()).isEqualTo(3);
        // 11 ± t(0.975, 2) · 1 / √3.
        assertThat(difference.interval().low()).isCloseTo(11 - 4.302653 / Math.sqrt(3), within(1e-5));

        runs.clear();
        add(attacked("sample", "sample", "sample"));
        assertThat(difference(section(), "CLAP", "CLIP").over()).isEqualTo(Difference.Over.PICTURES);

        runs.clear();
        add(attacked("sample 0"));
        assertThat(difference(section(), "CLAP", "CLIP").over()).isEqualTo(Difference.Over.PICTURES);
    }

    @Test
    void otherSamplesAreNotComparedInPairs() throws IOException {
        add(RunFiles.of("attack")
                .sampled("one", "attacked", right(50), "method=CLIP", "attack=FGSM", "prompt=C", "domain=a")
                .sampled("two", "attacked", right(60), "method=CLAP", "attack=FGSM", "prompt=C", "domain=a"));

        assertThat(difference(section(), "CLAP", "CLIP").words()).isEqualTo("one run: no interval");
    }

    /** The prompts that merely see the images of an attack are not compared, not even C where others are attacked. */
    @Test
    void methodsAreComparedWithThePromptThatIsAttacked() throws IOException {
        add(attacked(RunFiles.of("attack").option("templates", "views.txt"), "views.txt", "C", "PC", "CP", "NC"));
        assertThat(prompts(section())).containsExactly("views.txt");

        add(attacked(RunFiles.of("attack"), "C", "PC", "CP", "NC"));
        assertThat(prompts(section())).containsExactly("views.txt", "C");
        assertThat(section().compared().with("prompt", "C").all()).hasSize(1);
    }

    private static RunFiles attacked(RunFiles run, String... prompts) {
        for (String prompt : prompts) {
            run.images("attacked", right(50), "method=CLIP", "attack=FGSM", "prompt=" + prompt, "domain=a");
        }
        return run;
    }

    private static List<String> prompts(Section section) {
        return new Comparison(section)
                .rows().stream().map(row -> row.condition().get("prompt")).toList();
    }

    /** An independent computation of the interval: the bootstrap of each image's difference. */
    @Test
    void severalHeadsAreComparedWithOneBaselineOnThePictures() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        double[][] values = new double[4][200];
        for (double[] method : values) {
            for (int i = 0; i < method.length; i++) {
                method[i] = random.nextInt(2);
            }
        }
        RunFiles run = RunFiles.of("quickstart")
                .option("seed", "7")
                .images("mixed-templates", values[0], "method=CLIP", "domain=a");
        for (int head = 1; head < 4; head++) {
            run.images("mixed-templates", values[head], "method=CLAP", "alpha=0." + head, "seed=" + head, "domain=a");
        }
        add(run);
        double[] differences = new double[200];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (values[1][i] + values[2][i] + values[3][i]) / 3 - values[0][i];
        }

        Difference difference = difference(section(), "CLAP", "CLIP");

        assertThat(difference.over()).isEqualTo(Difference.Over.PICTURES);
        assertThat(difference.count()).isEqualTo(200);
        List<List<List<double[]>>> alone = List.of(List.of(List.of(new double[200])), List.of(List.of(differences)));
        assertThat(difference.interval().low())
                .isCloseTo(
                        PairedBootstrap.difference(alone, 1, only -> only.get(0), new Difference.Scale(true, 1), 7)
                                .interval()
                                .low(),
                        within(1e-9));
    }

    @Test
    void withoutValuesOfImagesHeadsAreTheSample() throws IOException {
        add(RunFiles.of("quickstart")
                .score("variance-class", 54, "method=CLIP")
                .score("variance-class", 64, "method=CLAP", "alpha=0.1", "seed=0")
                .score("variance-class", 65, "method=CLAP", "alpha=0.2", "seed=1"));

        Difference difference = difference(section(), "CLAP", "CLIP");

        assertThat(difference.words()).isEqualTo("two heads: no interval");
        assertThat(difference.value()).isCloseTo(10.5, within(1e-9));
    }

    @Test
    void drawsAreTheSampleOfProbes() throws IOException {
        RunFiles run = RunFiles.of("fewshot").head("CLAP", USUAL);
        for (int draw = 0; draw < 3; draw++) {
            run.score("probe", 50 + draw, "method=CLIP", "shots=1", "draw=" + draw, "domain=a")
                    .score("probe", 60.5 + draw, "method=CLAP", "alpha=1.0", "shots=1", "draw=" + draw, "domain=a");
        }
        add(run);

        Section section = section();

        assertThat(text(section, "CLIP")).isEqualTo("51.00 ± 1.00");
        assertThat(difference(section, "CLAP", "CLIP").over()).isEqualTo(Difference.Over.DRAWS);
        assertThat(section.observations().legend())
                .isEqualTo("mean ± sample deviation (n − 1) over 3 draws of labelled images");
    }

    /** One head in runs of its own seeds, and once beside another head: the difference is that of the means. */
    @Test
    void aSingleHeadIsComparedWithAllSeedsOfAnother() throws IOException {
        for (int seed = 0; seed < 2; seed++) {
            add(RunFiles.of("zeroshot")
                    .images("zeroshot", right(50), "method=CLIP", "prompt=C", "domain=a")
                    .images("zeroshot", right(60 + seed), "method=mine", "alpha=1.0", "prompt=C", "domain=a"));
        }
        add(RunFiles.of("zeroshot")
                .images("zeroshot", right(50), "method=CLIP", "prompt=C", "domain=a")
                .images("zeroshot", right(65), "method=mine", "alpha=1.0", "prompt=C", "domain=a")
                .images("zeroshot", right(63), "method=yours", "alpha=1.0", "prompt=C", "domain=a"));

        Section section = section();

        assertThat(text(section, "mine")).isEqualTo("62.00 ± 2.65");
        assertThat(text(section, "yours")).isEqualTo("63.00");
        Difference difference = difference(section, "yours", "mine");
        assertThat(difference.value()).isCloseTo(1, within(1e-9));
        assertThat(difference.over()).isEqualTo(Difference.Over.PICTURES);
        assertThat(difference.interval().low()).isLessThan(1);
        assertThat(difference.interval().high()).isGreaterThan(1);
    }

    /** Runs of one head each, and a run of two: every head counts as much as in the mean. */
    @Test
    void headsOfSeveralKindsOfRunsCountAlike() throws IOException {
        for (int head = 0; head < 2; head++) {
            add(run(60 + head, USUAL));
        }
        add(RunFiles.of("zeroshot")
                .head("CLAP", USUAL)
                .score("zeroshot", 50, "method=CLIP", "prompt=C", "domain=sketch")
                .score("zeroshot", 70, "method=CLAP", "alpha=0.1", "seed=2", "prompt=C", "domain=sketch")
                .score("zeroshot", 73, "method=CLAP", "alpha=0.1", "seed=3", "prompt=C", "domain=sketch"));

        Section section = section();

        assertThat(text(section, "CLAP")).startsWith("66.00 ± ");
        assertThat(difference(section, "CLAP", "CLIP").value()).isCloseTo(16, within(1e-9));
    }

    @Test
    void onlyRunsThatHaveBothAreCompared() throws IOException {
        add(run(51, USUAL));
        add(RunFiles.of("zeroshot").score("zeroshot", 10, "method=CLIP", "prompt=C", "domain=sketch"));
        add(RunFiles.of("zeroshot")
                .head("CLAP", USUAL)
                .score("zeroshot", 90, "method=CLAP", "alpha=0.1", "prompt=C", "domain=sketch"));

        assertThat(difference(section(), "CLAP", "CLIP").value()).isEqualTo(1);
        assertThat(text(section(), "CLAP")).startsWith("70.50");
    }

    @Test
    void methodsOfTheUserAreComparedWithOneAnother() throws IOException {
        add(RunFiles.of("zeroshot")
                .score("zeroshot", 50, "method=CLIP", "prompt=C", "domain=a")
                .score("zeroshot", 60, "method=mine", "alpha=1.0", "prompt=C", "domain=a")
                .score("zeroshot", 70, "method=yours", "alpha=1.0", "prompt=C", "domain=a"));

        assertThat(new Comparison(section()).pairs())
                .containsExactly(new Pair("mine", "CLIP"), new Pair("yours", "CLIP"), new Pair("yours", "mine"));
    }
}
