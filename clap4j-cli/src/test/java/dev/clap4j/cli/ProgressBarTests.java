package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTests {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final StringWriter log = new StringWriter();

    @Test
    void everyPartHasABarThatStays() throws Exception {
        Terminal terminal = new Terminal(screen, true, 100);
        try (ProgressBar progress = new ProgressBar(terminal, new PrintWriter(log))) {
            progress.begin("images", 4, 1);
            Thread.sleep(700);
            progress.advance(3);
            progress.begin("training", 100, 60);
            progress.advance(10);
            progress.note("loss 0.1234");
            progress.timeLeft(Duration.ofSeconds(75));
            progress.milestone("step 70: loss 0.1234");
            Thread.sleep(900);
        }
        String all = screen.toString(StandardCharsets.UTF_8);
        assertThat(all)
                .containsPattern("images 100 % \\[#{24}] 4/4 .*\n")
                .containsPattern("training  70 % \\[#+ +] 70/100  [\\d.]+/s  0:0\\d, 1:15 left  loss 0\\.1234\n");
        assertThat(log.toString()).isEmpty();
    }

    @Test
    void whereNobodyWatchesMilestonesAreTold() {
        Terminal pipe = new Terminal(screen, false, 80);
        try (ProgressBar progress = new ProgressBar(pipe, new PrintWriter(log))) {
            progress.begin("training", 100, 0);
            progress.note("loss 0.1234");
            progress.milestone("step 70: loss 0.1234");
            assertThat(progress.stopRequested()).isFalse();
        }
        assertThat(screen.size()).isZero();
        assertThat(log.toString()).isEqualTo("step 70: loss 0.1234" + System.lineSeparator());
    }
}
