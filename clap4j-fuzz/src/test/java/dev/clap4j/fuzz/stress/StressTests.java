package dev.clap4j.fuzz.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StressTests {
    /** The program runs for a minute; this is what fits into a build. */
    @Test
    void sixteenThreadsForAFewSeconds() throws Exception {
        Stress.Report report = Stress.run(Duration.ofSeconds(5), 16, new PrintStream(PrintStream.nullOutputStream()));
        assertThat(report.right()).isPositive();
        assertThat(report.opened()).isGreaterThan(1);
        assertThat(report.memory()).hasSizeGreaterThan(2);
    }
}
