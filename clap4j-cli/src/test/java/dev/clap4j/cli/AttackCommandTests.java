package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SamplePictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackCommandTests {
    @TempDir
    static Path folder;

    private static Path model;
    private static Path head;

    @BeforeAll
    static void makeModel() {
        model = TinyModel.write(folder.resolve("model"));
        head = TinyModel.writeHead(folder.resolve("head.safetensors"), 0.25f);
    }

    private static CommandRun attack(Object... options) {
        List<Object> all = new ArrayList<>(List.of("attack", "--model", model, "--data", SamplePictures.folder()));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray());
    }

    @Test
    void clipStandsBesideClapInOneTable() {
        Path out = folder.resolve("table");

        CommandRun run = attack("--head", head, "--attacks", "fgsm,pgd-2", "--limit", 2, "--out", out);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0))
                .matches("Method +Attack +art_painting +cartoon +photo +sketch +Mean +Success +PC +CP +NC");
        assertThat(lines.get(2)).matches("CLIP +none( +[\\d.]+){8}");
        assertThat(lines.get(3)).matches(" +FGSM( +[\\d.]+){8,9}");
        assertThat(lines.get(5)).matches(" +all attacks( +[\\d.]+){5,6}");
        assertThat(lines.get(6)).matches("CLAP α=0.25 +none( +[\\d.]+){8}");
        assertThat(lines.get(10)).startsWith("8 images, 7 classes, accuracy in %; zero-shot");
        assertThat(lines.get(11)).endsWith("ε = 0.031 of a pixel's range (L∞) = 7.9/255");
        assertThat(lines.get(12)).isEqualTo("Picture: " + out.resolve("grid-CLIP.png"));
        assertThat(lines.get(13)).isEqualTo("Picture: " + out.resolve("grid-CLAP_α=0.25.png"));
        assertThat(lines.get(14)).isEqualTo("Plot: " + out.resolve("robustness.png"));
        assertThat(out.resolve("robustness.svg")).content().contains("<svg");
        assertThat(out.resolve("grid-CLAP_α=0.25.png")).isNotEmptyFile();
    }

    @Test
    void jsonHoldsEveryFigureAndResumingAFinishedRunTheSame() throws Exception {
        Path out = folder.resolve("json");
        Object[] options = {
            "--attacks", "fgsm", "--threat", "official", "--classifier", "oneshot", "--limit", 2, "--out", out, "--json"
        };

        CommandRun run = attack(options);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("threat").asText()).isEqualTo("official");
        assertThat(report.get("epsilonLevels")).hasSize(3);
        assertThat(report.at("/methods/0/rows")).hasSize(3);
        assertThat(report.at("/methods/0/rows/2/prompts/0/prompt").asText()).isEqualTo("1-shot");
        assertThat(report.get("warnings").get(0).asText()).contains("the pixel threat model");
        assertThat(new ObjectMapper().readTree(out.resolve("attack.json").toFile()))
                .isEqualTo(report);

        List<Object> again = new ArrayList<>(List.of(options));
        again.add("--resume");
        assertThat(attack(again.toArray()).out()).isEqualTo(run.out());
    }

    @Test
    void mistakesAreExplained() {
        Path out = folder.resolve("none");
        assertThat(failure("--attacks", "fgm", "--out", out))
                .startsWith("clap: Unknown attack \"fgm\" (did you mean fgsm?); there are fgsm");
        assertThat(failure("--epsilon", "8", "--out", out))
                .isEqualTo("clap: Epsilon should be above 0 and at most 1, the whole range of a pixel, but is 8.0; for"
                        + " 8.0/255 write 0.0314" + System.lineSeparator());
        assertThat(failure("--limit", "0", "--out", out))
                .startsWith("clap: The limit is a number of images of each domain, at least 1, not 0");

        CommandRun auto = attack("--head", head, "--alpha", "auto", "--out", out);
        assertThat(auto.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(auto.err()).startsWith("clap: --alpha auto chooses for zero-shot prompts; here it is a number");
        assertThat(out).doesNotExist();
    }

    private static String failure(Object... options) {
        CommandRun run = attack(options);
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
