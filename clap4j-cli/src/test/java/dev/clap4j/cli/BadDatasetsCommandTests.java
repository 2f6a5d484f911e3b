package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.experiment.BadDatasets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A bad data set yields one message, no stack trace, exit code 1, before any model is read. */
class BadDatasetsCommandTests {
    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> eachFailsWithItsMessage() throws IOException {
        return BadDatasets.create(temporary).stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    CommandRun run = CommandRun.of("zeroshot", "--model", "any", "--data", bad.path());
                    assertThat(run.err()).isEqualTo("clap: " + bad.message() + System.lineSeparator());
                    assertThat(run.out()).isEmpty();
                    assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
                }));
    }
}
