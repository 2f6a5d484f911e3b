package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamedModelTests {
    /** Longer than bars are hidden. */
    private static final long SHOWN_MILLIS = 900;

    @Test
    void theBarStaysBelowWhatIsTold() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(screen, true, 100);
        PrintWriter err = new PrintWriter(terminal.errors(), true);

        int made = NamedModel.showing(terminal, err, progress -> {
            progress.begin("pictures", 2, 0);
            sleep();
            progress.advance(1);
            progress.milestone("dog/0.png");
            sleep();
            progress.advance(1);
            return 2;
        });

        assertThat(made).isEqualTo(2);
        String[] parts = screen.toString(StandardCharsets.UTF_8).split("clap: dog/0.png\n", -1);
        assertThat(parts).as("told once").hasSize(2);
        assertThat(parts[0]).contains("pictures   0 %");
        assertThat(parts[1]).contains("pictures  50 %", "pictures 100 %").endsWith("\n");
    }

    private static void sleep() {
        try {
            Thread.sleep(SHOWN_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
