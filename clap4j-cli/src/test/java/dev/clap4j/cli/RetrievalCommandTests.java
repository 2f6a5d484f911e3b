package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalCommandTests {
    @TempDir
    private Path folder;

    @Test
    void imagesOfOtherDomainsAreFound() throws Exception {
        Path model = TinyModel.write(folder.resolve("model"));
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
        Path out = folder.resolve("run");
        Object[] words = {
            "retrieval",
            "--model",
            model,
            "--head",
            head,
            "--data",
            SamplePictures.folder(),
            "--limit",
            3,
            "--no-cache",
            "--out",
            out
        };

        CommandRun run = CommandRun.of(words);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("Retrieval across domains");
        assertThat(lines.get(1)).matches("Method +art_painting +cartoon +photo +sketch +Mean +R@5 +R@10 +mAP");
        assertThat(lines.get(3)).matches("CLIP( +[\\d.]+){8}");
        assertThat(lines.get(4)).matches("CLAP( +[\\d.]+){8}");
        ScoreRows rows = ScoreRows.in(out);
        assertThat(rows.each("measure"))
                .containsExactlyInAnyOrder(
                        "retrieval-recall-1", "retrieval-recall-5", "retrieval-recall-10", "retrieval-map");
        assertThat(rows.with("measure", "retrieval-recall-10").mean())
                .isGreaterThan(rows.with("measure", "retrieval-recall-1").mean());
        assertThat(out.resolve("retrieval.svg")).isNotEmptyFile();
    }

    @Test
    void oneDomainHasNoOthers() {
        CommandRun run = CommandRun.of(
                "retrieval", "--data", SamplePictures.folder(), "--domain", "sketch", "--out", folder.resolve("none"));

        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err()).startsWith("clap: Retrieval across domains needs a class with images in two domains");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
