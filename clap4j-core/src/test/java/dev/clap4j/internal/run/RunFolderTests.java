package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.RunStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunFolderTests {
    private static final ObjectNode EVALUATION = JsonNodeFactory.instance.objectNode();
    private static final ObjectNode TRAINING = JsonNodeFactory.instance.objectNode();

    static {
        EVALUATION.put("protocol", "fewshot");
        TRAINING.put("objective", "clap");
    }

    @TempDir
    private Path folder;

    private void open(RunStart start, ObjectNode run) {
        RunFolder.open(folder, start, run, List.of(), given -> List.of()).close();
    }

    @ParameterizedTest
    @EnumSource(RunStart.class)
    void runsOfOtherKindsAreLeftAlone(RunStart start) throws IOException {
        open(RunStart.NEW, EVALUATION);
        Path result = Files.writeString(folder.resolve("fewshot.json"), "{}");
        assertThatThrownBy(() -> open(start, TRAINING))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " holds a run of another kind, fewshot; choose another folder for training");
        assertThat(result).exists();
        assertThat(RunFolder.provenance(folder)).content().contains("fewshot");
    }

    @ParameterizedTest
    @EnumSource(
            value = RunStart.class,
            names = {"NEW", "OVERWRITE"})
    void filesThatAreNoRunsAreLeftAlone(RunStart start) throws IOException {
        for (String name : List.of("checkpoint.safetensors", "metrics.jsonl", "scores.jsonl")) {
            Path own = Files.writeString(folder.resolve(name), "mine");
            assertThatThrownBy(() -> RunFolder.open(
                                    folder,
                                    start,
                                    EVALUATION,
                                    List.of(),
                                    given -> List.of(given.resolve("scores.jsonl")))
                            .close())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(folder + " has a file " + name
                            + " already, but no run.json of a run; choose another folder");
            assertThat(own).hasContent("mine");
            Files.delete(own);
        }
    }

    @Test
    void oneThatFailedBeforeItDidAnythingIsInNobodysWay() throws IOException {
        open(RunStart.NEW, EVALUATION);
        open(RunStart.NEW, TRAINING);
        assertThat(RunFolder.provenance(folder)).content().contains("clap");
    }
}
