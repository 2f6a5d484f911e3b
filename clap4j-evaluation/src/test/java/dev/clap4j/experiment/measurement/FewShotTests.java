package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.RandomData;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.WordWorld;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.training.probe.ProbeRecipe;
import dev.clap4j.training.probe.RegressionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotTests {
    private static final ProbeOptions ADAM = ProbeOptions.OFFICIAL.withEpochs(40, 10);
    private static final ProbeRecipe QUICK = RegressionOptions.USUAL.withL2(0.1);

    /** Half of the numbers are blanked, so that this method differs from CLIP. */
    private static final Method HALF = Method.clap(FewShotTests::half, 1).with(Condition.SEED, 3);

    @TempDir
    Path temporary;

    private final EncodedDataset data = RandomData.of(4, 3, 5, 10, 1.5);
    private final FewShot probes = FewShot.of(List.of(3, 1), List.of(7L, 8L), QUICK);

    private static FeatureMatrix half(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        IntStream.range(0, values.length).filter(i -> i % 2 == 0).forEach(i -> values[i] *= 1 - alpha);
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    private static Subject subject(EncodedDataset data, Method... methods) {
        return new Subject(Optional.empty(), new WordWorld(), data, List.of(methods), Condition.NONE);
    }

    private Results run(FewShot measurement, Path folder, RunStart start, Progress progress) {
        ObjectNode record =
                RunDescription.of("fewshot", "", measurement.options()).json();
        try (Runner runner = Runner.open(folder, start, record, progress)) {
            runner.run(new Trial(subject(data, Method.CLIP, HALF), measurement));
            return runner.finish();
        }
    }

    private static double score(Results results, Measure measure, Method method, int shots, long draw, String domain) {
        Condition wanted = method.condition()
                .with(Condition.SHOTS, shots)
                .with(Condition.DRAW, draw)
                .with(Condition.DOMAIN, domain);
        return results.scores().stream()
                .filter(score ->
                        score.measure().equals(measure) && score.condition().equals(wanted))
                .mapToDouble(Score::value)
                .findFirst()
                .orElseThrow();
    }

    /** The same scores, counted image by image from probes trained here. */
    @Test
    void scoresAreThoseOfProbesTrainedOneByOne() {
        EncodedDataset five = RandomData.of(5, 3, 6, 12, 1.5);
        SupportSet support = SupportSet.draw(five.dataset(), 1, 3);

        Results results = new Trial(subject(five, Method.CLIP), FewShot.of(List.of(1), List.of(3L), ADAM)).results();

        for (int d = 0; d < 3; d++) {
            int[] rows = support.rows(d, 1);
            int[] labels = five.dataset().domains().get(d).labels();
            FeatureMatrix few = five.images().get(d).select(rows);
            int[] fewLabels = Arrays.stream(rows).map(i -> labels[i]).toArray();
            LinearProbe probe = LinearProbe.train(few, fewLabels, 5, ADAM, 3);
            double[] accuracy = new double[3];
            double rest = 0;
            for (int other = 0; other < 3; other++) {
                for (int i = 0; i < 30; i++) {
                    boolean right = probe.predict(five.images().get(other).select(i))[0] == labels[i];
                    int image = i;
                    boolean labelled = Arrays.stream(rows).anyMatch(row -> row == image);
                    accuracy[other] += right ? 100.0 / 30 : 0;
                    rest += right && other == d && !labelled ? 100.0 / 25 : 0;
                }
            }
            double across = (accuracy[0] + accuracy[1] + accuracy[2] - accuracy[d]) / 2;
            assertThat(score(results, FewShot.PROBE, Method.CLIP, 1, 3, "d" + d))
                    .isCloseTo(accuracy[d], within(1e-9));
            assertThat(score(results, FewShot.UNLABELLED, Method.CLIP, 1, 3, "d" + d))
                    .isCloseTo(rest, within(1e-9));
            assertThat(score(results, FewShot.OTHER_DOMAINS, Method.CLIP, 1, 3, "d" + d))
                    .isCloseTo(across, within(1e-9));
        }
        assertThat(results.scores()).hasSize(9);
        assertThat(results.images()).isEmpty();
    }

    @Test
    void methodsAreApplied() {
        Method blind = Method.clap(
                (features, alpha) ->
                        new FeatureMatrix(features.ids(), features.dim(), ones(features.rows() * features.dim())),
                1);

        Results results =
                new Trial(subject(data, Method.CLIP, blind), FewShot.of(List.of(1), List.of(3L), ADAM)).results();

        assertThat(score(results, FewShot.PROBE, blind, 1, 3, "d1")).isEqualTo(25);
        assertThat(score(results, FewShot.PROBE, Method.CLIP, 1, 3, "d1")).isGreaterThan(50);
    }

    private static float[] ones(int size) {
        float[] values = new float[size];
        Arrays.fill(values, 1);
        return values;
    }

    /** A probe that is trained on all images of its domain has seen every image that it would be tested on there. */
    @Test
    void aDomainWhoseImagesAreAllLabelledHasNoScoresOfItsOwn() {
        EncodedDataset one = RandomData.of(3, 1, 2, 6, 0);
        EncodedDataset two = RandomData.of(3, 2, 2, 6, 0);
        FewShot all = FewShot.of(List.of(2), List.of(0L), ADAM);
        FewShot averaged = FewShot.averaged(2, List.of(0L, 1L), ADAM);

        assertThat(new Trial(subject(one, Method.CLIP), all).results().scores()).isEmpty();
        assertThat(new Trial(subject(one, Method.CLIP), averaged).results().scores())
                .isEmpty();
        assertThat(new Trial(subject(two, Method.CLIP), all).results().scores())
                .extracting(Score::measure)
                .containsExactly(FewShot.OTHER_DOMAINS, FewShot.OTHER_DOMAINS);
        assertThat(all.cautions(two.dataset()))
                .containsExactly(
                        "The smallest class of a domain has 2 images, so with as many shots and more all of them"
                                + " are labelled and few or none are left to test on");
        assertThat(FewShot.of(List.of(1), List.of(0L), ADAM).cautions(one.dataset()))
                .isEmpty();
    }

    @Test
    void aSingleDomainWhoseImagesWouldAllBeLabelledIsRefused() {
        EncodedDataset one = RandomData.of(3, 1, 2, 6, 0);
        FewShot all = FewShot.of(List.of(2, 4), List.of(0L), ADAM);

        assertThatThrownBy(() -> all.check(one.dataset()))
                .isInstanceOf(ClapException.class)
                .hasMessage("All images in " + one.dataset().root() + " would be labelled for probes of 2 shots, and"
                        + " none would be left to test them on; bring more images of a class, or another domain");
        FewShot.of(List.of(1, 2), List.of(0L), ADAM).check(one.dataset());
        all.check(RandomData.of(3, 2, 2, 6, 0).dataset());
    }

    /** With a single domain there is one such column, with several there are two. */
    @Test
    void theCaptionCountsNoColumns() {
        assertThat(probes.layout().tables().get(0).caption())
                .endsWith("include the labelled images, as published; columns of other images or domains do not.");
    }

    @Test
    void averagesOverDrawsHaveNoDrawAndAreTheMeansOfTheirScores() {
        Results single = run(FewShot.of(List.of(1), List.of(7L, 8L), ADAM), temporary.resolve("single"));
        Results averaged = run(FewShot.averaged(1, List.of(7L, 8L), ADAM), temporary.resolve("averaged"));

        assertThat(averaged.scores()).hasSize(2 * 3 * 3).allSatisfy(score -> {
            assertThat(score.condition().values()).containsEntry(Condition.SHOTS, "1");
            assertThat(score.condition().has(Condition.DRAW)).isFalse();
        });
        assertThat(averaged.images()).hasSize(2 * 3 * 3);
        for (Measure measure : List.of(FewShot.PROBE, FewShot.UNLABELLED, FewShot.OTHER_DOMAINS)) {
            for (Method method : List.of(Method.CLIP, HALF)) {
                assertThat(mean(averaged, measure, method)).isCloseTo(mean(single, measure, method), within(1e-9));
            }
        }
        for (ImageValues values : averaged.images()) {
            assertThat(averaged.scores()).contains(values.score());
        }
        Condition first = Method.CLIP.condition().with(Condition.SHOTS, 1).with(Condition.DOMAIN, "d0");
        double mean = (score(single, FewShot.PROBE, Method.CLIP, 1, 7, "d0")
                        + score(single, FewShot.PROBE, Method.CLIP, 1, 8, "d0"))
                / 2;
        assertThat(averaged.scores())
                .filteredOn(score -> score.measure().equals(FewShot.PROBE)
                        && score.condition().equals(first))
                .singleElement()
                .satisfies(score -> assertThat(score.value()).isCloseTo(mean, within(1e-9)));
    }

    private static double mean(Results results, Measure measure, Method method) {
        return results.scores().stream()
                .filter(score ->
                        score.measure().equals(measure) && score.condition().matches(method.condition()))
                .mapToDouble(Score::value)
                .average()
                .orElseThrow();
    }

    private Results run(FewShot measurement, Path folder) {
        return run(measurement, folder, RunStart.NEW, Progress.NONE);
    }

    /** Method, shots, draw, and the four scores of the domain d1, recorded with the classes before this one. */
    @Test
    void theScoresOfAnEarlierVersion() {
        Map<Condition, List<Double>> scores = run(probes, temporary).scores().stream()
                .filter(score -> score.condition().get(Condition.DOMAIN).equals("d1"))
                .collect(Collectors.groupingBy(
                        Score::condition,
                        LinkedHashMap::new,
                        Collectors.mapping(score -> Math.round(1e6 * score.value()) / 1e6, Collectors.toList())));

        assertThat(scores.entrySet())
                .extracting(each -> each.getKey().get(Condition.METHOD) + " "
                        + each.getKey().get(Condition.SHOTS) + " "
                        + each.getKey().get(Condition.DRAW) + " "
                        + each.getValue())
                .containsExactly(
                        "CLIP 1 7 [100.0, 100.0, 65.0, 0.1]",
                        "CLIP 1 8 [100.0, 100.0, 67.5, 0.1]",
                        "CLIP 3 7 [100.0, 100.0, 75.0, 0.1]",
                        "CLIP 3 8 [100.0, 100.0, 72.5, 0.1]",
                        "CLAP 1 7 [95.0, 93.75, 60.0, 0.1]",
                        "CLAP 1 8 [95.0, 93.75, 52.5, 0.1]",
                        "CLAP 3 7 [95.0, 87.5, 52.5, 0.1]",
                        "CLAP 3 8 [100.0, 100.0, 60.0, 0.1]");
    }

    /** Stops after some probes, loses half of the last line, and resumes: the same scores, no probe trained twice. */
    @Test
    void aStoppedRunResumesToTheSameResult() throws IOException {
        Path whole = temporary.resolve("whole");
        run(probes, whole);
        Path stopped = temporary.resolve("stopped");
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() >= 9);
        assertThatThrownBy(() -> run(probes, stopped, RunStart.NEW, stopping))
                .isInstanceOfSatisfying(StoppedException.class, end -> {
                    assertThat(end.done()).isEqualTo(stopping.done());
                    assertThat(end.steps()).isEqualTo(24);
                });
        assertThat(stopped.resolve("scores.jsonl")).doesNotExist();
        Path log = stopped.resolve("cells.jsonl");
        String lines = Files.readString(log);
        Files.writeString(log, lines.substring(0, lines.length() - 20));

        ToldProgress resumed = ToldProgress.patient();
        run(probes, stopped, RunStart.RESUME, resumed);

        assertThat(resumed.before()).isEqualTo(stopping.done() - 1);
        assertThat(resumed.done()).isEqualTo(24);
        assertThat(stopped.resolve("scores.jsonl")).hasSameTextualContentAs(whole.resolve("scores.jsonl"));
        assertThat(Files.readAllLines(log)).hasSize(24);
    }

    /** Images named in an existing file are used, whatever the seed would have drawn; a run that is replaced draws anew. */
    @Test
    void labelledImagesCanBeBrought() throws IOException {
        Results drawn = run(probes, temporary.resolve("drawn"));
        Path brought = Files.createDirectories(temporary.resolve("brought"));
        new SupportFile(brought.resolve("support.json"), data.dataset()).open(3, List.of(99L, 98L));
        String other = Files.readString(brought.resolve("support.json"));
        Files.writeString(
                brought.resolve("support.json"),
                other.replace("\"seed\" : 99", "\"seed\" : 7").replace("\"seed\" : 98", "\"seed\" : 8"));
        probes.checkBrought(brought, data.dataset());

        Results results = run(probes, brought);

        SupportSet expected = SupportSet.draw(data.dataset(), 3, 99);
        LinearProbe probe = new SupportSet(7, expected.places())
                .train(data.dataset(), 1, data.images().get(1), 3, QUICK);
        double accuracy = ImageValues.of(
                        FewShot.PROBE,
                        Condition.NONE,
                        ImageValues.correct(
                                probe.predict(data.images().get(2)),
                                data.dataset().domains().get(2).labels()))
                .score()
                .value();
        assertThat(results.scores()).isNotEqualTo(drawn.scores());
        LinearProbe asDrawn = SupportSet.draw(data.dataset(), 3, 7)
                .train(data.dataset(), 1, data.images().get(1), 3, QUICK);
        assertThat(probe.weight()).isNotEqualTo(asDrawn.weight());
        double acrossTwice = 2 * score(results, FewShot.OTHER_DOMAINS, Method.CLIP, 3, 7, "d1");
        double first = ImageValues.of(
                        FewShot.PROBE,
                        Condition.NONE,
                        ImageValues.correct(
                                probe.predict(data.images().get(0)),
                                data.dataset().domains().get(0).labels()))
                .score()
                .value();
        assertThat(acrossTwice).isCloseTo(accuracy + first, within(1e-9));
        assertThat(run(probes, brought, RunStart.OVERWRITE, Progress.NONE)).isEqualTo(drawn);
    }

    @Test
    void eachSeedOfARunHasItsOwnFile() {
        ObjectNode record = RunDescription.of("reproduction", "", Map.of()).json();
        try (Runner runner = Runner.open(temporary, RunStart.NEW, record, Progress.NONE)) {
            for (long seed = 0; seed < 2; seed++) {
                Subject plain = subject(data, Method.CLIP);
                Subject own = new Subject(
                        plain.model(), plain.texts(), data, plain.methods(), Condition.NONE.with(Condition.SEED, seed));
                runner.run(new Trial(own, FewShot.of(List.of(1), List.of(seed), QUICK)));
            }
            assertThat(runner.finish().scores()).hasSize(2 * 4 * 3);
        }
        assertThat(temporary.resolve("support-0.json")).exists();
        assertThat(temporary.resolve("support-1.json")).exists();
    }

    @Test
    void theChosenPenaltyIsAScore() {
        Results results = new Trial(subject(data, Method.CLIP), probes).results();

        assertThat(results.scores())
                .filteredOn(score -> score.measure().equals(FewShot.L2))
                .hasSize(12)
                .allSatisfy(score -> assertThat(score.value()).isEqualTo(0.1));
    }

    @Test
    void settingsAreChecked() {
        List<Long> tooMany = LongStream.range(0, 10_001).boxed().toList();
        assertThat(probes.shots()).containsExactly(1, 3);
        assertThatThrownBy(() -> FewShot.of(List.of(1), tooMany, QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("There should be at most 10000 seeds, but are 10001");
        assertThatThrownBy(() -> FewShot.of(List.of(0), List.of(1L), QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("Shots are numbers of labelled images of a class, each from 1 on and named once, not [0]");
        assertThatThrownBy(() -> FewShot.of(List.of(1), List.of(), QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one seed is needed, and each once, not []");
        assertThatThrownBy(() -> FewShot.KIND.of(Map.of("probe", List.of("svm"))))
                .isInstanceOf(ClapException.class)
                .hasMessage("probe should be official or lbfgs, not 'svm'");
        assertThat(FewShot.KIND.of(Map.of()))
                .isEqualTo(FewShot.of(List.of(1, 4, 8, 16, 32), List.of(0L, 1L, 2L, 3L, 4L), ProbeOptions.OFFICIAL));
        assertThat(FewShot.KIND.of(Map.of("probe", List.of("lbfgs"), "seeds", List.of("1"), "shots", List.of("2"))))
                .isEqualTo(FewShot.of(List.of(2), List.of(0L), RegressionOptions.USUAL));
    }

    @Test
    void titlesFollowTheCondition() {
        Condition shots = Condition.NONE.with(Condition.SHOTS, 1);
        Condition unseen = shots.with(Condition.DATA, "unseen");

        assertThat(FewShot.PROBE.title(unseen)).isEqualTo("1-shot probe, unseen domains, all images");
        assertThat(FewShot.UNLABELLED.title(unseen)).isEqualTo("1-shot probe, unseen domains, other images");
        assertThat(FewShot.OTHER_DOMAINS.title(unseen)).isEqualTo("1-shot probe, from one unseen domain to the others");
        assertThat(FewShot.PROBE.title(shots)).isEqualTo("1-shot probe, all images");
        assertThat(FewShot.OTHER_DOMAINS.title(shots)).isEqualTo("1-shot probe, from one domain to the others");
        assertThat(FewShot.PROBE.title(Condition.NONE)).isEqualTo("all images");
        assertThat(ZeroShot.ACCURACY.title(Condition.NONE.with(Condition.PROMPT, "PC")))
                .isEqualTo("Zero-shot, PC");
        assertThat(ZeroShot.MEAN.title(Condition.NONE)).isEqualTo("Zero-shot, mean of C, PC and CP");
    }
}
