package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.MethodDifference;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.internal.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose heads were trained in different ways are not taken together, and are told apart by the difference. */
class ReportTests {
    private static final Map<String, String> USUAL = Map.of("objective", "clap", "tau", "0.2", "latent", "64");

    @TempDir
    private Path folder;

    /** A run of zero-shot, CLIP at 50 %. */
    private final class Run {
        private final ObjectNode record = JsonNodeFactory.instance.objectNode();
        private final ObjectNode options = record.putObject("options");
        private final String name;
        private String method = "CLAP α=0.1";

        Run(String name) {
            this.name = name;
            record.put("protocol", "zero-shot");
            record.putObject("model").put("name", "mini").put("fingerprint", "model 1");
            record.putObject("data").put("folder", "/pictures").put("images", 40);
            options.put("noise-batch", "64").put("alpha", "[0.1]").put("seed", name);
        }

        Run strength(String alpha) {
            method = "CLAP α=" + alpha;
            return this;
        }

        Run option(String option, String value) {
            options.put(option, value);
            return this;
        }

        Run head(Map<String, String> settings) {
            ObjectNode head = record.putObject("heads").putObject(method);
            head.put("fingerprint", "head " + name).put("seed", name);
            ObjectNode described = head.putObject("settings");
            settings.forEach(described::put);
            return this;
        }

        Path measured(double accuracy) throws IOException {
            Path run = Files.createDirectories(folder.resolve(name));
            Files.writeString(run.resolve("run.json"), record.toString());
            ZeroShotReport report = new ZeroShotReport(
                    "/pictures",
                    40,
                    List.of("dog", "cat"),
                    List.of("sketch"),
                    Map.of(),
                    List.of(result("CLIP", null, 50), result(method, 0.1f, accuracy)),
                    List.<MethodDifference>of());
            ResultFile.save(run.resolve("zeroshot.json"), report);
            return run;
        }

        private MethodResult result(String of, Float alpha, double accuracy) {
            PromptResult prompt = new PromptResult("C", Map.of("sketch", accuracy), accuracy);
            return new MethodResult(of, alpha, List.of(prompt), null, null, null);
        }
    }

    private static Map<String, String> usual(String name, String value) {
        Map<String, String> settings = new LinkedHashMap<>(USUAL);
        settings.put(name, value);
        return settings;
    }

    private static Report.Part part(Path... runs) {
        List<Report.Part> parts = Report.read(List.of(runs)).parts();
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    @Test
    void figuresThatContradictOneAnotherAreRefused() throws IOException {
        Path run = new Run("0").head(USUAL).measured(60);
        Path file = run.resolve("zeroshot.json");
        String good = Files.readString(file);
        Map<String, String> edits = Map.of(
                good.replace("\"mean\" : 60.0", "\"mean\" : 70.0"), "The mean is 70.0, but that of the domains is 60.0",
                good.replace("\"images\" : 40", "\"images\" : -1"), "There are -1 images where 1 or more are expected");
        edits.forEach((text, message) -> {
            AtomicFiles.writeString(file, text);
            assertThatThrownBy(() -> Report.read(List.of(run)))
                    .isInstanceOf(ClapException.class)
                    .hasMessageStartingWith(file + " is not as clap4j writes it: ")
                    .hasMessageContaining(message);
        });
        Files.writeString(file, good.replace("\"mean\" : 60.0", "\"mean\" : 60.004"));
        assertThat(Report.read(List.of(run)).parts()).hasSize(1);
    }

    @Test
    void headsFromOtherSeedsAreAveraged() throws IOException {
        Report.Part part = part(
                new Run("0").head(USUAL).measured(60),
                new Run("1").head(USUAL).measured(62),
                new Run("2").head(USUAL).measured(64));

        assertThat(part.methods()).containsExactly("CLIP", "CLAP");
        assertThat(part.outcomes().get(0).of("CLAP").orElseThrow().text(2)).isEqualTo("62.00 ± 2.00");
        assertThat(part.outcomes()
                        .get(0)
                        .difference("CLAP", "CLIP")
                        .orElseThrow()
                        .words())
                .isEqualTo("better");
    }

    @Test
    void headsThatWereTrainedOtherwiseAreNamedByIt() throws IOException {
        Report.Part part = part(
                new Run("0").head(USUAL).measured(60),
                new Run("1").head(USUAL).measured(62),
                new Run("2").head(usual("tau", "0.9")).measured(10));

        assertThat(part.methods()).containsExactly("CLIP", "CLAP (tau 0.2)", "CLAP (tau 0.9)");
        assertThat(part.subjects()).containsExactly("CLAP (tau 0.2)", "CLAP (tau 0.9)");
        Outcome outcome = part.outcomes().get(0);
        assertThat(outcome.of("CLAP (tau 0.2)").orElseThrow().text(2)).isEqualTo("61.00 ± 1.41");
        assertThat(outcome.of("CLAP (tau 0.9)").orElseThrow().text(2)).isEqualTo("10.00");
        String page = Report.read(List.of(folder)).html();
        assertThat(page)
                .contains("<h4>CLAP tau 0.2</h4>", "<h4>CLAP tau 0.9</h4>")
                .contains("CLAP (tau 0.9) against CLIP", "one run: no interval");
    }

    @Test
    void soAreOtherTrainingDataObjectivesAndStrengths() throws IOException {
        assertThat(part(
                                new Run("0")
                                        .head(usual("samples", "96 prompts 1a"))
                                        .measured(60),
                                new Run("1")
                                        .head(usual("samples", "480 prompts 2b"))
                                        .measured(61))
                        .methods())
                .containsExactly("CLIP", "CLAP (samples 96 prompts 1a)", "CLAP (samples 480 prompts 2b)");
        assertThat(part(
                                new Run("0").head(USUAL).measured(60),
                                new Run("1").strength("0.5").head(USUAL).measured(61))
                        .methods())
                .containsExactly("CLIP", "CLAP (alpha 0.1)", "CLAP (alpha 0.5)");
        assertThat(part(
                                new Run("0").option("alpha", "auto").head(USUAL).measured(60),
                                new Run("1")
                                        .strength("0.5")
                                        .option("alpha", "auto")
                                        .head(USUAL)
                                        .measured(61))
                        .methods())
                .as("each run chose its strength in the same way")
                .containsExactly("CLIP", "CLAP");
    }

    @Test
    void headsOfWhichNothingIsKnownAreApart() throws IOException {
        assertThat(part(
                                new Run("0").option("head", "{CLAP α=0.1=aa11}").measured(60),
                                new Run("1").option("head", "{CLAP α=0.1=bb22}").measured(61))
                        .methods())
                .containsExactly("CLIP", "CLAP (head aa11)", "CLAP (head bb22)");
    }

    @Test
    void measuresThatWereTakenOtherwiseAreApart() throws IOException {
        Report.Part part = part(
                new Run("0").head(USUAL).measured(60),
                new Run("1").option("noise-batch", "16").head(USUAL).measured(62));

        assertThat(part.outcomes())
                .extracting(outcome -> outcome.measure().heading())
                .containsExactly("Zero-shot, C (noise-batch 64)", "Zero-shot, C (noise-batch 16)");
    }

    /** Figures first, then differences, a few beside one another, and no row that says nothing. */
    @Test
    void manyMethodsMakeNoWideTables() throws IOException {
        for (int i = 0; i < 12; i++) {
            new Run("" + i).head(usual("tau", "0." + (10 + i))).measured(60 + i);
        }

        List<String> rows = Report.read(List.of(folder))
                .html()
                .lines()
                .filter(line -> line.startsWith("<tr><th scope=\"row\">Zero-shot, C<"))
                .toList();

        List<Integer> columns =
                rows.stream().map(row -> row.split("<td", -1).length - 1).toList();
        assertThat(columns).containsExactly(6, 7, 4, 4, 4);
        assertThat(rows.subList(2, 5)).allSatisfy(row -> assertThat(row).contains("no interval"));
    }

    /** Names come from files, and files from anybody. */
    @Test
    void whatComesFromFilesIsEscaped() throws IOException {
        new Run("<script>0")
                .strength("0.1<img src=x>")
                .head(usual("tau", "<b>0.2</b>"))
                .measured(60);
        new Run("1").option("noise-batch", "<u>\u001b[2J").head(USUAL).measured(62);

        String page = Report.read(List.of(folder)).html();

        assertThat(page).doesNotContain("<script>", "<img src=x>", "<b>0.2", "<u>", "\u001b");
        assertThat(page).contains("&lt;u&gt;\\u001b[2J");
        assertThat(page).contains("&lt;b&gt;0.2&lt;/b&gt;");
    }
}
