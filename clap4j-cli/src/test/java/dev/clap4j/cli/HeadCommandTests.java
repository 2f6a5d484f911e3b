package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.BadFile;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.head.BadHeads;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadCommandTests {
    @TempDir
    private Path folder;

    @Tag(Shared.TAG)
    @ParameterizedTest
    @CsvSource({"text,beta", "images,psi"})
    void theAuthorsHeadGivesTheReferencesFeatures(String trainedOn, String name) {
        Path io = Shared.golden("head/real_io.safetensors");
        Path out = folder.resolve("content.safetensors");
        CommandRun run = CommandRun.of(
                "head",
                "apply",
                "--head",
                Shared.golden("head/real_checkpoint_7200.pth"),
                "--trained-on",
                trainedOn,
                "--alpha",
                "0.208",
                "--features",
                io + "#x",
                "--out",
                out);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out().strip()).isEqualTo("16 features of 512 numbers → " + out);
        Numbers.assertClose(
                FeatureFiles.load(out.toString()).values(),
                SafetensorsFile.open(io).get(name + ".scale_0.208").toFloats(),
                1e-5); // The contract of HeadContract.
    }

    private static Path weights(String name) {
        return Golden.file("head/" + name + ".weights.safetensors");
    }

    private static Path io(String name) {
        return Golden.file("head/" + name + ".io.safetensors");
    }

    @Test
    void furtherLayersCanBeLeftOut() {
        for (String name : Golden.names("head", ".weights.safetensors")) {
            Path out = folder.resolve(name + ".safetensors");
            CommandRun run = CommandRun.of(
                    "head",
                    "apply",
                    "--head",
                    weights(name),
                    "--repeat",
                    "0",
                    "--features",
                    io(name) + "#x",
                    "--out",
                    out,
                    "--json");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
            Numbers.assertClose(
                    FeatureFiles.load(out.toString()).values(),
                    SafetensorsFile.open(io(name)).get("repeat0.scale_1").toFloats(),
                    1e-5);
        }
    }

    @Test
    void inspectingSaysWhatIsKnown() throws IOException {
        for (String name : Golden.names("head", ".weights.safetensors")) {
            JsonNode facts = Golden.json("head/heads.json").get(name);
            CommandRun table = CommandRun.of("head", "inspect", weights(name));
            assertThat(table.exitCode()).isEqualTo(Clap.DONE);
            assertThat(table.out())
                    .containsPattern("latent dim +" + facts.get("latent_dim").asText())
                    .containsPattern("activation +silu")
                    .containsPattern("classes +unknown");
            JsonNode json = new ObjectMapper()
                    .readTree(CommandRun.of("head", "inspect", weights(name), "--json")
                            .out());
            assertThat(json.get("in_dim")).isEqualTo(facts.get("in_dim"));
            assertThat(json.get("seed").isNull()).isTrue();
        }
    }

    @Test
    void longDescriptionsDoNotWidenTheTable() {
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 1, "x".repeat(1000));
        assertThat(CommandRun.of("head", "inspect", head).out().lines()).allMatch(line -> line.length() < 140);
        assertThat(CommandRun.of("head", "inspect", head, "--json").out()).contains("x".repeat(1000));
    }

    @TestFactory
    Stream<DynamicTest> badHeadsAreExplained() throws IOException {
        return BadHeads.write(folder).stream()
                .map((BadFile bad) -> DynamicTest.dynamicTest(bad.name(), () -> {
                    CommandRun run = CommandRun.of("head", "inspect", bad.path());
                    assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
                    assertThat(run.err().strip()).isEqualTo("clap: " + bad.message());
                    assertThat(run.out()).isEmpty();
                }));
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(CommandRun.of("head").exitCode()).isEqualTo(Clap.WRONG_USE);
        Path head = TinyModel.writeHead(folder.resolve("head.safetensors"), 1);
        Path features = folder.resolve("features.safetensors");
        SafetensorsFile.write(features, Map.of(), List.of(TensorData.of("x", new float[2 * 48], 2, 48)));
        CommandRun run = CommandRun.of(
                "head", "apply", "--head", head, "--features", features + "#x", "--out", folder.resolve("x.npy"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().strip())
                .isEqualTo("clap: The head takes features of dimension " + TinyModel.DIM
                        + ", but these have 48; they come" + " from another model than the one it was trained on");
    }
}
