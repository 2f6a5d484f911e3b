package dev.clap4j.evaluation.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.RandomData;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.FewShotDraw;
import dev.clap4j.evaluation.FewShotProtocol;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.training.probe.ProbeRecipe;
import dev.clap4j.training.probe.RegressionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotRunTests {
    private static final ProbeRecipe QUICK = RegressionOptions.USUAL.withL2(0.1);
    private static final Backbone BACKBONE = new Backbone("random", "f00d", "none");

    /** Half of the numbers are blanked, so that this method differs from CLIP. */
    private static final Method HALF = Method.of("Half", FewShotRunTests::half, 1);

    @TempDir
    Path temporary;

    private final EncodedDataset data = RandomData.of(4, 3, 5, 10, 1.5);
    private final FewShotPlan plan = new FewShotPlan(List.of(3, 1), List.of(7L, 8L), QUICK);

    private static FeatureMatrix half(FeatureMatrix features, float alpha) {
        float[] values = features.values();
        IntStream.range(0, values.length).filter(i -> i % 2 == 0).forEach(i -> values[i] *= 1 - alpha);
        return new FeatureMatrix(features.ids(), features.dim(), values);
    }

    private static FewShotFolder open(Path folder, RunStart start, FewShotPlan plan, EncodedDataset data) {
        ObjectNode provenance = FewShotProvenance.of(
                plan, data.dataset(), Map.of(), new EvaluatedModel(BACKBONE, "", "none"), "clap fewshot");
        return FewShotFolder.open(folder, start, provenance, plan, data.dataset());
    }

    private FewShotCurves run(Path folder, RunStart start, Progress progress) {
        try (FewShotFolder opened = open(folder, start, plan, data)) {
            return new FewShotRun(data, plan, List.of(Method.CLIP, HALF), progress).run(opened, BACKBONE);
        }
    }

    private FewShotCurves run(Path folder) {
        return run(folder, RunStart.NEW, Progress.NONE);
    }

    @Test
    void pointsAreMeansAndDeviationsOfProbesTrainedOneByOne() {
        FewShotCurves curves = run(temporary);

        FewShotProtocol protocol = new FewShotProtocol(data, QUICK);
        assertThat(curves.points())
                .extracting(point -> point.method() + " " + point.shots())
                .containsExactly("CLIP 1", "CLIP 3", "Half α=1.0 1", "Half α=1.0 3");
        for (Method method : List.of(Method.CLIP, HALF)) {
            for (int shots : List.of(1, 3)) {
                FewShotResult one = protocol.run(method, shots, 7);
                FewShotResult other = protocol.run(method, shots, 8);
                FewShotPoint point = curves.point(method.name(), shots).orElseThrow();
                assertThat(point.mean().within().values()).containsExactly(one.withinMean(), other.withinMean());
                assertThat(point.mean().others().values()).containsExactly(one.othersMean(), other.othersMean());
                assertThat(point.mean().of(ProbeScope.ACROSS).values())
                        .containsExactly(one.acrossMean(), other.acrossMean());
                assertThat(point.mean().within().mean())
                        .isCloseTo((one.withinMean() + other.withinMean()) / 2, within(1e-9));
                assertThat(point.mean().within().deviation())
                        .isCloseTo(Math.abs(one.withinMean() - other.withinMean()) / Math.sqrt(2), within(1e-9));
                assertThat(point.domains().get("d1").within().values())
                        .containsExactly(one.within().get("d1"), other.within().get("d1"));
            }
        }
        assertThat(curves.cells()).hasSize(2 * 2 * 2 * 3);
        assertThat(curves.cells()).allSatisfy(cell -> assertThat(cell.l2()).isEqualTo(0.1));
        assertThat(curves.curve("CLIP").get(0))
                .isNotEqualTo(curves.curve(HALF.name()).get(0));
    }

    @Test
    void whatIsWrittenCanBeReadAgain() {
        FewShotCurves curves = run(temporary);

        assertThat(ResultFile.load(temporary.resolve("fewshot.json"), FewShotCurves.class))
                .isEqualTo(curves);
        assertThatThrownBy(() -> ResultFile.load(temporary.resolve("run.json"), FewShotCurves.class))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("run.json is not as clap4j writes it")
                .hasMessageEndingWith("; run what wrote it again");
        assertThatThrownBy(() -> ResultFile.load(temporary.resolve("none.json"), FewShotCurves.class))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("There is no file ");
    }

    /** Stops behind some probes, loses half of the last line, and goes on: the same result, no probe trained twice. */
    @Test
    void aStoppedRunGoesOnToTheSameResult() throws IOException {
        Path whole = temporary.resolve("whole");
        run(whole);
        Path stopped = temporary.resolve("stopped");
        ToldProgress stopping = ToldProgress.stopping(told -> told.done() >= 9);
        assertThatThrownBy(() -> run(stopped, RunStart.NEW, stopping))
                .isInstanceOfSatisfying(StoppedException.class, end -> {
                    assertThat(end.done()).isEqualTo(stopping.done());
                    assertThat(end.steps()).isEqualTo(24);
                });
        assertThat(stopped.resolve("fewshot.json")).doesNotExist();
        Path log = stopped.resolve("cells.jsonl");
        String lines = Files.readString(log);
        Files.writeString(log, lines.substring(0, lines.length() - 20));

        ToldProgress resumed = ToldProgress.patient();
        run(stopped, RunStart.RESUME, resumed);

        assertThat(resumed.steps()).isEqualTo(24);
        assertThat(resumed.before()).isEqualTo(stopping.done() - 1);
        assertThat(resumed.done()).isEqualTo(24);
        assertThat(resumed.note()).matches("(CLIP|Half α=1.0), (1 shot|3 shots)");
        assertThat(stopped.resolve("fewshot.json")).hasSameTextualContentAs(whole.resolve("fewshot.json"));
        assertThat(Files.readAllLines(log)).hasSize(24);
    }

    @Test
    void aDamagedLogIsRefused() throws IOException {
        run(temporary);
        Path log = temporary.resolve("cells.jsonl");
        for (String content :
                List.of("{\"method\":\n", "null\n", Files.readString(Faults.file("broken-state/cells.jsonl")))) {
            Files.writeString(log, content);
            assertThatThrownBy(() -> run(temporary, RunStart.RESUME, Progress.NONE))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(
                            "Line 1 of " + log + " is no result of a probe: it has no checksum; delete the line to have"
                                    + " it computed again");
        }
    }

    @Test
    void resultsThatAreNotAsTheyWereWrittenAreRefused() throws IOException {
        run(temporary);
        Path file = temporary.resolve("fewshot.json");
        String whole = Files.readString(file);
        for (String content : List.of(
                "null",
                "{}",
                whole.replaceFirst("\"classes\" : \\[[^]]*]", "\"classes\" : null"),
                whole.replaceFirst("\"points\" : \\[", "\"points\" : [ null, "),
                whole.replaceFirst("\"within\" : [0-9.]+", "\"within\" : -3"),
                whole.replaceFirst("\"values\" : \\[ [0-9.]+", "\"values\" : [ 1e300"),
                whole.replaceFirst("\"values\" : \\[ [0-9.]+", "\"values\" : [ \"NaN\""),
                whole + "x")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> ResultFile.load(file, FewShotCurves.class))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith(file + " is not as clap4j writes it: ")
                    .hasMessageEndingWith("; run what wrote it again");
        }
    }

    /** The images named in a file that is there already are used, whatever the seed would have drawn. */
    @Test
    void labelledImagesCanBeBrought() throws IOException {
        FewShotCurves drawn = run(temporary.resolve("drawn"));
        Path brought = Files.createDirectories(temporary.resolve("brought"));
        FewShotDraw other = FewShotDraw.of(data.dataset(), 3, 99);
        Path elsewhere = temporary.resolve("elsewhere");
        new FewShotSamples(elsewhere, data.dataset()).open(new FewShotPlan(List.of(3), List.of(99L), QUICK));
        Files.writeString(
                brought.resolve("support.json"),
                Files.readString(elsewhere)
                        .replace("\"draws\" : [ {", "\"draws\" : [ " + draw(temporary.resolve("drawn"), 8) + ", {")
                        .replace("\"seed\" : 99", "\"seed\" : 7"));

        FewShotCurves curves = run(brought);

        FewShotProtocol protocol = new FewShotProtocol(data, QUICK);
        for (int shots : List.of(1, 3)) {
            FewShotResult expected = protocol.run(Method.CLIP, other.support(shots));
            ProbeAccuracy mean = curves.point("CLIP", shots).orElseThrow().mean();
            ProbeAccuracy before = drawn.point("CLIP", shots).orElseThrow().mean();
            assertThat(mean.others().values().get(0)).isEqualTo(expected.othersMean());
            assertThat(mean.others().values().get(1))
                    .isEqualTo(before.others().values().get(1));
        }
        assertThat(curves.cells()).isNotEqualTo(drawn.cells());
    }

    /** A seed's draw as it stands in a run's file. */
    private static String draw(Path run, int seed) throws IOException {
        String text = Files.readString(run.resolve("support.json"));
        int start = text.indexOf("{", text.indexOf("\"seed\" : " + seed) - 10);
        return text.substring(start, text.lastIndexOf("]")).strip();
    }

    @Test
    void labelledImagesOfSomethingElseAreRefused() throws IOException {
        Path file = temporary.resolve("support.json");
        FewShotSamples samples = new FewShotSamples(file, data.dataset());
        samples.open(new FewShotPlan(List.of(2), List.of(7L), QUICK));
        String good = Files.readString(file);

        String end = "; delete it to have images drawn anew, or bring the one that belongs here";
        refused(samples, file + " holds 2 shots, fewer than the 3 that are wanted" + end, plan);
        FewShotPlan otherSeed = new FewShotPlan(List.of(1), List.of(9L), QUICK);
        refused(samples, file + " holds no draw of the seed 9" + end, otherSeed);
        FewShotPlan fitting = new FewShotPlan(List.of(2), List.of(7L), QUICK);
        Files.writeString(file, good.replaceFirst("d0/c0/\\d+.png", "d0/c0/77.png"));
        refused(
                samples,
                file + " names \"d0/c0/77.png\", which is no image of the class c0 in the domain d0 of any" + end,
                fitting);
        Files.writeString(file, good.replace("\"c2\"", "\"c9\""));
        refused(samples, file + " names no image of the class c2 in the domain d0" + end, fitting);
        String first = "d0/c0/\\d+.png\", ";
        String ofFirst = " of the class c0 in the domain d0";
        Files.writeString(
                file,
                good.replaceFirst(
                        "d0/c0/\\d+.png\", \"d0/c0/\\d+.png", firstImage(good) + "\", \"" + firstImage(good)));
        refused(samples, file + " names an image" + ofFirst + " twice" + end, fitting);
        Files.writeString(file, good.replaceFirst("\"" + first, ""));
        refused(samples, file + " names 1 images" + ofFirst + ", but 2 belong to 2 shots" + end, fitting);
        Files.writeString(file, good.replaceFirst("\"shots\" : 2", "\"shots\" : 99"));
        refused(samples, file + " names 2 images" + ofFirst + ", but 5 belong to 99 shots" + end, fitting);
        Files.writeString(file, good.replaceFirst("\"shots\" : 2", "\"shots\" : \"2\""));
        refused(samples, file + " gives no whole number of shots" + end, fitting);
        String twice = good.replaceFirst("\"draws\" : \\[", "\"draws\" : [ {\"seed\" : 7}, ");
        Files.writeString(file, twice);
        refused(samples, file + " holds several draws of the seed 7" + end, fitting);
        Files.writeString(file, good.replaceFirst("\"shots\" : 2", "\"shots\" : 2, \"shots\" : 2"));
        assertThatThrownBy(() -> samples.open(fitting)).hasMessageContaining("Duplicate field 'shots'");
        Files.writeString(file, "{\"format\": \"x\"}");
        refused(samples, file + " has the format \"x\" where \"clap4j.few-shot-support\" is expected" + end, fitting);
        assertThatThrownBy(() -> open(temporary, RunStart.NEW, fitting, data))
                .hasMessageStartingWith(file + " has the");
        assertThat(temporary.resolve("run.json")).doesNotExist();
        Files.writeString(file, "nothing");
        assertThatThrownBy(() -> samples.open(fitting)).hasMessageStartingWith(file + " is no JSON, at line 1");
    }

    private static String firstImage(String support) {
        int start = support.indexOf("d0/c0/");
        return support.substring(start, support.indexOf('"', start));
    }

    private static void refused(FewShotSamples samples, String message, FewShotPlan plan) {
        assertThatThrownBy(() -> samples.open(plan))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }

    @Test
    void plansAreChecked() {
        List<Long> tooMany = LongStream.range(0, 10_001).boxed().toList();
        assertThatThrownBy(() -> new FewShotPlan(List.of(1), tooMany, QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("There should be at most 10000 seeds, but are 10001");
        assertThat(plan.shots()).containsExactly(1, 3);
        assertThatThrownBy(() -> new FewShotPlan(List.of(0), List.of(1L), QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("Shots are numbers of labelled images of a class, each from 1 on and named once, not [0]");
        assertThatThrownBy(() -> new FewShotPlan(List.of(1), List.of(), QUICK))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one seed is needed, and each once, not []");
    }

    @Test
    void aSingleDomainWhoseImagesAreAllLabelledHasNoOtherFigures() {
        EncodedDataset one = RandomData.of(3, 1, 2, 6, 0);
        FewShotPlan all = new FewShotPlan(List.of(2), List.of(0L), QUICK);
        FewShotCurves curves;
        Path result;
        try (FewShotFolder folder = open(temporary, RunStart.NEW, all, one)) {
            result = folder.result();
            curves = new FewShotRun(one, all, List.of(Method.CLIP), Progress.NONE).run(folder, BACKBONE);
        }

        ProbeAccuracy mean = curves.points().get(0).mean();
        assertThat(mean.within().deviation()).isNull();
        assertThat(mean.others()).isNull();
        assertThat(mean.across()).isNull();
        assertThat(ResultFile.load(result, FewShotCurves.class)).isEqualTo(curves);
    }
}
