package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.SamplePictures;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportCommandTests {
    @TempDir
    static Path folder;

    private static Path runs;

    /** A run of each kind, and a second one of attacks with another seed. */
    @BeforeAll
    static void run() {
        Path model = TinyModel.write(folder.resolve("model"));
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
        runs = folder.resolve("runs");
        List<Object> common = List.of("--model", model, "--head", head, "--data", SamplePictures.folder());
        List<Object> cached = List.of("--cache", folder.resolve("cache"));
        run(common, cached, "zeroshot", "--out", runs.resolve("zeroshot"));
        run(common, cached, "fewshot", "--shots", "1,2", "--seeds", 2, "--out", runs.resolve("fewshot"));
        run(common, cached, "tsne", "--domain", "sketch", "--iterations", 20, "--out", runs.resolve("tsne"));
        for (int seed = 0; seed < 2; seed++) {
            run(
                    common,
                    List.of(),
                    "attack",
                    "--attacks",
                    "fgsm",
                    "--limit",
                    1,
                    "--seed",
                    seed,
                    "--out",
                    runs.resolve("attack-" + seed));
        }
    }

    private static void run(List<Object> common, List<Object> cached, Object... own) {
        List<Object> all = new ArrayList<>(List.of(own));
        all.addAll(common);
        all.addAll(cached);
        CommandRun run = CommandRun.of(all.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
    }

    @Test
    void onePageHoldsAllRuns() throws Exception {
        Path page = folder.resolve("page.html");

        CommandRun run = CommandRun.of("report", runs, "--out", page);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out())
                .startsWith("model (tiny) on pictures")
                .endsWith("Report: " + page + System.lineSeparator());
        assertThat(run.out()).containsPattern("Zero-shot, C +[\\d.]+ +[\\d.]+ .* (better|worse|same|within noise)");
        assertThat(run.out())
                .as("attacks from two seeds are taken together")
                .containsPattern("Zero-shot \\(C\\) under FGSM.* \\d+\\.\\d\\d ± \\d+\\.\\d\\d");
        String html = Files.readString(page);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        html.replaceFirst("<!DOCTYPE html>\n", "").getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("table").getLength()).isGreaterThanOrEqualTo(1 + 2 + 1 + 1 + 1);
        assertThat(document.getElementsByTagName("img").getLength())
                .as("bars, curves, bars, two grids, a map")
                .isGreaterThanOrEqualTo(6);
        assertThat(html).doesNotContain("src=\"http", "href=\"http", "<script", "@import");
        assertThat(html).contains("clap attack --attacks fgsm --limit 1 --seed 1", "&quot;fingerprint&quot;");
    }

    /** Without {@code --out} the page is {@code report.html} in the present folder. */
    @Test
    void aPageThatIsNoReportIsNotReplacedUnasked() throws Exception {
        Path own = Files.createDirectories(folder.resolve("own"));
        Path page = own.resolve("report.html");
        String text = "<!DOCTYPE html><html><head><title>My thesis</title></head></html>";
        Files.writeString(page, text);

        ChildProcess.Result refused = report(own);

        assertThat(refused.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(refused.err())
                .containsExactly(
                        "clap: report.html is there already, and is no report of clap4j; choose a name with --out");
        assertThat(page).hasContent(text);

        Files.delete(page);
        assertThat(report(own).exitCode()).isEqualTo(Clap.DONE);
        Files.setLastModifiedTime(page, FileTime.fromMillis(0));
        assertThat(report(own).exitCode()).as("a report is renewed").isEqualTo(Clap.DONE);
        assertThat(Files.getLastModifiedTime(page).toMillis()).isPositive();

        Files.writeString(page, text);
        CommandRun named = CommandRun.of("report", runs.resolve("zeroshot"), "--out", page);
        assertThat(named.exitCode()).isEqualTo(Clap.DONE);
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("<title>clap4j: ");
    }

    private static ChildProcess.Result report(Path folder, String... options) throws InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("report", runs.resolve("zeroshot").toString()));
        words.addAll(List.of(options));
        Process process =
                ChildProcess.java(Clap.class, words.toArray(String[]::new)).start(folder);
        process.waitFor();
        return ChildProcess.result(process, folder);
    }

    @Test
    void machinesGetTheFigures() throws Exception {
        CommandRun run =
                CommandRun.of("report", runs.resolve("zeroshot"), "--out", folder.resolve("json.html"), "--json");

        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(runs.resolve("zeroshot")));
        ScoreRows all = ScoreRows.of(CommandRun.of("report", runs, "--out", folder.resolve("json.html"), "--json"));
        assertThat(all.each("run")).hasSize(5).allMatch(name -> name.startsWith(runs.toString()));
        assertThat(all.with("run", runs.resolve("zeroshot").toString()).values())
                .isEqualTo(rows.values());
    }

    @Test
    void tablesCanBePrintedForPapersAndPrograms() {
        Path page = folder.resolve("formats.html");

        assertThat(CommandRun.of("report", runs.resolve("zeroshot"), "--out", page, "--format", "latex")
                        .out())
                .startsWith("\\begin{table}")
                .contains("\\toprule", "Zero-shot, C &")
                .doesNotContain("Report:");
        assertThat(CommandRun.of("report", runs.resolve("zeroshot"), "--out", page, "--format", "csv")
                        .out())
                .contains("Measure,CLIP,CLAP,", "\"Zero-shot, C\",");
        assertThat(CommandRun.of("report", runs.resolve("zeroshot"), "--out", page, "--format", "markdown")
                        .out())
                .contains("| Measure | CLIP | CLAP |");
        CommandRun both = CommandRun.of("report", runs, "--out", page, "--format", "csv", "--json");
        assertThat(both.exitCode()).isEqualTo(Clap.WRONG_USE);
        CommandRun none = CommandRun.of("report", runs, "--out", page, "--format", "excel");
        assertThat(none.err()).contains("should be terminal, html, markdown, csv or latex, not 'excel'");
    }

    /** A page is written beside printed tables only if it has a name. */
    @Test
    void printedTablesNeedNoPage() throws Exception {
        Path printed = Files.createDirectories(folder.resolve("printed"));

        assertThat(report(printed, "--format", "csv").exitCode()).isEqualTo(Clap.DONE);
        assertThat(report(printed, "--json").exitCode()).isEqualTo(Clap.DONE);
        assertThat(printed.resolve("report.html")).doesNotExist();

        assertThat(report(printed, "--json", "--out", "page.html").exitCode()).isEqualTo(Clap.DONE);
        assertThat(printed.resolve("page.html")).exists();
    }

    @Test
    void whereThereIsNothingToReportIsSaid() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path page = folder.resolve("none.html");

        assertThat(CommandRun.of("report", empty, "--out", page).err())
                .startsWith("clap: There is no run in " + empty)
                .hasLineCount(1);
        assertThat(CommandRun.of("report", folder.resolve("absent"), "--out", page)
                        .err())
                .startsWith("clap: There is no folder ");
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("run.json"), "{");
        assertThat(CommandRun.of("report", broken, "--out", page).err()).contains("run.json is not JSON: ");
        Files.writeString(broken.resolve("run.json"), Files.readString(runs.resolve("zeroshot/run.json")));
        Files.writeString(broken.resolve("scores.jsonl"), "{\"measure\": []}\n");
        assertThat(CommandRun.of("report", broken, "--out", page).err())
                .contains("Line 1 of ", "scores.jsonl is not as clap4j writes it");
        assertThat(page).doesNotExist();
    }

    @Test
    void aFolderKeepsItsKindOfRun() {
        CommandRun run = CommandRun.of(
                "tsne",
                "--model",
                folder.resolve("model"),
                "--data",
                SamplePictures.folder(),
                "--domain",
                "sketch",
                "--out",
                runs.resolve("zeroshot"),
                "--overwrite");

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).contains("holds a run of another kind, zeroshot; choose another folder for tsne");
    }
}
