package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReproduceCommandTests {
    @TempDir
    static Path folder;

    private static Path model;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
    }

    private static CommandRun reproduce(Object... options) {
        List<Object> all = new ArrayList<>(List.of("reproduce", "--model", model));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    @Test
    void aBenchmarkFromTrainingToTheReport() throws Exception {
        Path out = folder.resolve("pacs");
        Object[] options = {
            "pacs",
            "--data",
            SamplePictures.folder(),
            "--steps",
            4,
            "--seeds",
            1,
            "--limit",
            1,
            "--attacks",
            "fgsm",
            "--out",
            out,
            "--json"
        };

        CommandRun run = reproduce(options);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).containsPattern("clap: this will take about \\d+ (s|min):");
        assertThat(run.err()).containsPattern(" 4 training steps +\\d+ s");
        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(out));
        assertThat(rows.each("method")).as("without images there is no Im.Aug").containsExactly("CLIP", "CLAP");
        assertThat(rows.each("seed")).containsExactly("0");
        assertThat(rows.each("measure")).contains("zeroshot", "probe", "attacked-1-shot", "silhouette");
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(out.resolve("heads/clap-0/head.safetensors")).isNotEmptyFile();

        assertThat(reproduce(options).err())
                .startsWith("clap: " + out + " already holds a run; continue it with --resume")
                .hasLineCount(1);
        List<Object> again = new ArrayList<>(List.of(options));
        again.add("--resume");
        assertThat(reproduce(again.toArray()).out()).isEqualTo(run.out());
    }

    @Test
    void wrongUseIsExplained() {
        Path out = folder.resolve("none");

        assertThat(reproduce("vlcs", "--out", out).err()).isEqualTo("clap: Name the images of vlcs with --data\n");
        assertThat(reproduce("--data", folder, "--out", out).err())
                .startsWith("clap: Icon world brings its own images")
                .hasLineCount(1);
        assertThat(reproduce("vlcs", "--data", SamplePictures.folder(), "--images", folder, "--out", out)
                        .err())
                .startsWith("clap: ")
                .hasLineCount(1);
        assertThat(reproduce("imagenet", "--out", out).exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(reproduce("pacs", "--data", SamplePictures.folder(), "--seeds", 0, "--out", out)
                        .err())
                .startsWith("clap: At least one seed")
                .hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
