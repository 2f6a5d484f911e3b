package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.diffusion.PictureServer;
import java.nio.file.Files;
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
    void makesTheImagesThatImAugLacks() throws Exception {
        try (PictureServer server = new PictureServer()) {
            Path images = folder.resolve("synthetic");
            Object[] options = {
                "pacs",
                "--data",
                SamplePictures.folder(),
                "--images",
                images,
                "--synthesizer",
                "endpoint",
                "--endpoint",
                server.openAi(),
                "--synthesizer-model",
                "small",
                "--size",
                32,
                "--prompts",
                2,
                "--steps",
                4,
                "--seeds",
                1,
                "--limit",
                1,
                "--attacks",
                "fgsm",
                "--out",
                folder.resolve("im-aug"),
                "--json"
            };
            CommandRun run = reproduce(options);

            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
            assertThat(ScoreRows.of(run).each("method")).containsExactly("CLIP", "Im.Aug", "CLAP");
            int pictures = Files.readAllLines(images.resolve("pictures.jsonl")).size();
            assertThat(server.requests).hasSize(pictures).allSatisfy(request -> assertThat(request.path("model"))
                    .hasToString("\"small\""));

            List<Object> again = new ArrayList<>(List.of(options));
            again.add("--resume");
            assertThat(reproduce(again.toArray()).out()).isEqualTo(run.out());
            assertThat(server.requests).hasSize(pictures);
        }
    }

    @Test
    void optionsOfPicturesGoWithASynthesizer() {
        Path out = folder.resolve("none");
        for (String option : List.of(
                "--prompts=2", "--synthesizer-model=m", "--synthesizer-steps=2", "--endpoint=http://h", "--size=32")) {
            CommandRun run = reproduce("pacs", "--data", SamplePictures.folder(), option, "--out", out);
            assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
            assertThat(run.err())
                    .startsWith("clap: " + option.replaceFirst("=.*", "")
                            + " is for pictures that are made; say by what with --synthesizer");
        }
        CommandRun noFolder =
                reproduce("pacs", "--data", SamplePictures.folder(), "--synthesizer", "iconworld", "--out", out);
        assertThat(noFolder.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(noFolder.err())
                .startsWith("clap: Name the folder of the images that --synthesizer makes with --images");
        assertThat(out).doesNotExist();
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
