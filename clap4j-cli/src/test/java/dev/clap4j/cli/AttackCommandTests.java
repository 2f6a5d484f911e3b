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
        assertThat(lines.get(1))
                .matches("Method +Attack +Prompt +art_painting +cartoon +photo +sketch +Mean +Success +Change +.*");
        assertThat(lines.get(3)).matches("CLIP +none +C( +[\\d.]+){5}.*");
        assertThat(lines.get(4)).matches(" +PC( +[\\d.]+){5}");
        assertThat(lines.get(7)).matches(" +FGSM +C( +[\\d.]+){7,8}");
        assertThat(lines.get(15)).matches(" +all attacks +C( +[\\d.]+){5,6}");
        assertThat(lines.get(16)).matches("CLAP +none +C( +[\\d.]+){5}.*");
        assertThat(run.out()).contains("threat model pixel, ε = 0.031 (L∞)", "8 images, 7 classes");
        assertThat(lines).last().isEqualTo("Scores and plots are in " + out);
        assertThat(out.resolve("attack.svg")).content().contains("<svg");
        assertThat(out.resolve("grid-CLIP.png")).isNotEmptyFile();
        assertThat(out.resolve("grid-CLAP_α=0.25.png")).isNotEmptyFile();
    }

    @Test
    void jsonHoldsEveryScoreAndResumingAFinishedRunTheSame() throws Exception {
        Path out = folder.resolve("json");
        Object[] options = {
            "--attacks", "fgsm", "--threat", "official", "--classifier", "oneshot", "--limit", 2, "--out", out, "--json"
        };

        CommandRun run = attack(options);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        ScoreRows rows = ScoreRows.of(run);
        assertThat(rows).isEqualTo(ScoreRows.in(out));
        assertThat(rows.each("attack")).contains("none", "clamp only", "FGSM");
        assertThat(rows.with("measure", "attacked-1-shot").each("prompt")).containsExactly("1-shot");
        assertThat(run.err()).contains("clap: The official threat model clamps", "the pixel threat model");
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/options/threat").asText()).isEqualTo("official");

        List<Object> again = new ArrayList<>(List.of(options));
        again.add("--resume");
        assertThat(attack(again.toArray()).out()).isEqualTo(run.out());
    }

    @Test
    void severalEpsilonsAreDrawnAsACurve() throws Exception {
        Path out = folder.resolve("curve");

        CommandRun run = attack(
                "--head", head, "--attacks", "fgsm,square-5", "--epsilon", "1/255,4/255", "--limit", 2, "--out", out);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(1)).matches("Method +Epsilon +Attack +Prompt +art_painting .*");
        assertThat(lines).contains("Adversarial attacks on zero-shot classification: robust accuracy");
        assertThat(lines).anyMatch(line -> line.matches("Method +Epsilon +art_painting +cartoon +photo +sketch +Mean"));
        assertThat(run.out()).contains("ε = 1/255,4/255 (L∞)", "Robust accuracy in percent, by ε in 1/255");
        assertThat(ScoreRows.in(out).with("measure", "robust").each("epsilon")).contains("0", "1", "4");
        assertThat(out.resolve("attack.svg")).content().contains("<title>Robust accuracy</title>");
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.at("/options/epsilon").asText()).isEqualTo("1/255,4/255");
    }

    @Test
    void gradientsAreComputedInFullPrecision() {
        CommandRun run =
                attack("--attacks", "fgsm", "--limit", 1, "--precision", "int8", "--out", folder.resolve("precision"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.err()).contains("clap: pictures are attacked in fp32, on the processor; --precision applies to");
    }

    @Test
    void mistakesAreExplained() {
        Path out = folder.resolve("none");
        assertThat(wrongUse("--attacks", "fgm", "--out", out))
                .startsWith("clap: Unknown attack \"fgm\" (did you mean fgsm?); there are fgsm");
        assertThat(wrongUse("--epsilon", "8", "--out", out))
                .startsWith("clap: Epsilon should be above 0 and at most 1, the whole range of a pixel, but is 8.0; for"
                        + " levels of an image file write 8/255");
        assertThat(wrongUse("--limit", "0", "--out", out))
                .startsWith("clap: The limit is a number of images of each domain, at least 1, not 0");

        assertThat(wrongUse("--threat", "none", "--out", out))
                .contains("threat should be pixel or official, not 'none'");

        CommandRun auto = attack("--head", head, "--alpha", "auto", "--out", out);
        assertThat(auto.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(auto.err()).startsWith("clap: --alpha auto chooses for zero-shot prompts; here it is a number");
        assertThat(out).doesNotExist();
    }

    private static String wrongUse(Object... options) {
        CommandRun run = attack(options);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
