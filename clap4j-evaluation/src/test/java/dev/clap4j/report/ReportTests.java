package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTests {
    @TempDir
    private Path folder;

    private Path run(String name, String tau, double... heads) throws IOException {
        RunFiles run = RunFiles.of("zeroshot").head("CLAP", Map.of("tau", tau));
        run.score("zeroshot", 50, "seed=0", "method=CLIP", "prompt=C", "domain=a");
        run.score("zeroshot", 60, "seed=0", "method=CLIP", "prompt=C", "domain=b");
        for (double value : heads) {
            run.score("zeroshot", value, "seed=0", "method=CLAP", "alpha=1.0", "prompt=C", "domain=a");
            run.score("zeroshot", value + 10, "seed=0", "method=CLAP", "alpha=1.0", "prompt=C", "domain=b");
        }
        return run.writeTo(folder.resolve(name));
    }

    @Test
    void twoMethodsAreComparedInOneTable() throws IOException {
        Report report = Report.read(List.of(run("one", "0.2", 51)));

        assertThat(report.summary()).hasSize(1);
        assertThat(report.summary().get(0).title()).isEqualTo("mini on images");
        assertThat(report.summary().get(0).rows())
                .containsExactly(List.of("Zero-shot, C", "55.00", "56.00", "+1.00", "", "one run: no interval"));
        assertThat(report.details().get(0).columns()).containsExactly("Method", "Prompt", "a", "b", "Mean");
        assertThat(report.details().get(0).rows())
                .containsExactly(
                        List.of("CLIP", "C", "50.00", "60.00", "55.00"),
                        List.of("CLAP", "C", "51.00", "61.00", "56.00"));
        assertThat(report.paragraph())
                .isEqualTo("CLAP, compared with CLIP, is different, but with too few values to tell, in Zero-shot, C.");
    }

    @Test
    void tablesOfAMeasurementHaveTitlesOfTheirOwn() throws IOException {
        Path run = RunFiles.of("zeroshot")
                .score("zeroshot", 50, "method=CLIP", "prompt=C", "domain=a")
                .score("zeroshot-noise-drop", 5, "method=CLIP")
                .writeTo(folder.resolve("one"));
        assertThat(Report.read(List.of(run)).details())
                .extracting(ResultTable::title)
                .containsExactly("Zero-shot", "Zero-shot: sensitivity to the prompt");
    }

    @Test
    void moreMethodsHaveATableForEachPair() throws IOException {
        Report report = Report.read(List.of(run("one", "0.2", 51), run("two", "0.9", 54)));

        assertThat(report.summary()).extracting(ResultTable::title).containsExactly("mini on images");
        assertThat(report.comparisons())
                .extracting(ResultTable::title)
                .containsExactly(
                        "mini on images",
                        "CLAP (tau 0.2) against CLIP",
                        "CLAP (tau 0.9) against CLIP",
                        "CLAP (tau 0.9) against CLAP (tau 0.2)");
        assertThat(report.summary().get(0).columns())
                .containsExactly(
                        "Measure",
                        "CLIP",
                        "CLAP (tau 0.2)",
                        "CLAP (tau 0.9)",
                        "CLAP (tau 0.2) is",
                        "CLAP (tau 0.9) is");
        assertThat(report.comparisons().get(3).rows().get(0))
                .containsExactly("Zero-shot, C", "56.00", "59.00", "+3.00", "", "one run: no interval");
    }

    @Test
    void repeatedRunsCountOnce() throws IOException {
        Path one = run("one", "0.2", 51);
        Report report = Report.read(List.of(one, run("again", "0.2", 51), run("other", "0.2", 52)));

        assertThat(report.repeats())
                .containsExactly(
                        folder.resolve("again") + " repeats " + one + " with the same results; it is left out");
        assertThat(report.rows()).hasSize(8);
        assertThat(report.summary())
                .isEqualTo(Report.read(List.of(one, folder.resolve("other"))).summary());
    }

    @Test
    void rowsAreTidyAndNameTheRunWhereThereAreSeveral() throws IOException {
        Path one = run("one", "0.2", 51);
        assertThat(Report.read(List.of(one)).rows().get(2).toString())
                .isEqualTo("{measure=zeroshot, seed=0, method=CLAP, alpha=1.0, prompt=C, domain=a, value=51.0}");
        assertThat(Report.read(List.of(one, run("two", "0.9", 54))).rows())
                .hasSize(8)
                .first()
                .satisfies(row -> assertThat(row).containsEntry("run", one.toString()));
    }

    @Test
    void plotsAreWrittenInEveryFormat() throws IOException {
        Report.read(List.of(run("one", "0.2", 51))).writePlots(folder.resolve("plots"));

        assertThat(folder.resolve("plots/zeroshot.svg")).isNotEmptyFile();
        assertThat(folder.resolve("plots/zeroshot.png")).isNotEmptyFile();
    }

    @Test
    void otherDataAreSectionsOfTheirOwn() throws IOException {
        Path other = RunFiles.of("zeroshot")
                .data("others")
                .score("zeroshot", 50, "method=CLIP", "prompt=C", "domain=a")
                .writeTo(folder.resolve("other"));

        assertThat(Report.read(List.of(run("one", "0.2", 51), other)).summary())
                .extracting(ResultTable::title)
                .containsExactly("mini on images", "mini on others");
        assertThat(Report.read(List.of(run("one", "0.2", 51), other)).details())
                .extracting(ResultTable::title)
                .containsExactly("mini on images: Zero-shot", "mini on others: Zero-shot");
    }
}
