package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.checkpoint.BadCheckpoints;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A bad checkpoint yields one message, no stack trace, exit code 1. */
class BadCheckpointsTests {
    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> eachFailsWithItsMessage() {
        return BadCheckpoints.all(temporary).stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    CommandRun run = CommandRun.of("checkpoint", "inspect", bad.path());
                    // The command line may add advice.
                    assertThat(run.err().lines()).singleElement().asString().startsWith("clap: " + bad.message());
                    assertThat(run.out()).isEmpty();
                    assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
                }));
    }
}
