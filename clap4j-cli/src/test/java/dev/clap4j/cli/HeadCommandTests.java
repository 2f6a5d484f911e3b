package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.BadFile;
import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.head.BadHeads;
import dev.clap4j.internal.io.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadCommandTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ort,text,beta", "torch,text,beta", "ort,images,psi"})
    void theAuthorsHeadGivesTheReferencesFeatures(String engine, String trainedOn, String name) {
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
                "--engine",
                engine,
                "--out",
                out);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out().strip()).isEqualTo("16 features of 512 numbers → " + out);
        Numbers.assertClose(
                FeatureFiles.load(out.toString()).values(),
                SafetensorsFile.open(io).get(name + ".scale_0.208").toFloats(),
                1e-5); // The contract of HeadContract.
    }

    @Test
    void furtherLayersCanBeLeftOut() {
        Path io = Shared.golden("head/random_512_256_384.io.safetensors");
        Path out = folder.resolve("content.safetensors");
        CommandRun run = CommandRun.of(
                "head",
                "apply",
                "--head",
                Shared.golden("head/random_512_256_384.weights.safetensors"),
                "--repeat",
                "0",
                "--features",
                io + "#x",
                "--out",
                out,
                "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        Numbers.assertClose(
                FeatureFiles.load(out.toString()).values(),
                SafetensorsFile.open(io).get("repeat0.scale_1").toFloats(),
                1e-5);
    }

    @Test
    void inspectingSaysWhatIsKnown() throws IOException {
        Path head = Shared.golden("head/real_checkpoint_7200.pth");
        CommandRun table = CommandRun.of("head", "inspect", head);
        assertThat(table.exitCode()).isEqualTo(Clap.DONE);
        assertThat(table.out())
                .containsPattern("latent dim +256")
                .containsPattern("activation +silu")
                .containsPattern("classes +unknown");
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("head", "inspect", head, "--json").out());
        assertThat(json.get("in_dim").asInt()).isEqualTo(512);
        assertThat(json.get("seed").isNull()).isTrue();
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
        CommandRun run = CommandRun.of(
                "head",
                "apply",
                "--head",
                Shared.golden("head/random_768_448_768.weights.safetensors"),
                "--features",
                Shared.golden("head/real_io.safetensors") + "#x",
                "--out",
                folder.resolve("x.npy"));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().strip())
                .isEqualTo("clap: The head takes features of dimension 768, but these have 512; they come from another "
                        + "model than the one it was trained on");
    }
}
