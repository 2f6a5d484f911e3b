package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.report.DisplayWidth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTests {
    private static final int COLUMNS = 80;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(screen, true, COLUMNS);

    /** The final screen, without erased text. */
    private String seen() {
        StringBuilder lines = new StringBuilder();
        for (String line : screen.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            lines.append(line.substring(line.lastIndexOf("\u001b[K") + 1).replaceFirst("^\\[K", ""))
                    .append('\n');
        }
        return lines.substring(0, lines.length() - 1);
    }

    private static ProgressBar bar(Terminal terminal, String part, long steps, long done) {
        ProgressBar bar = new ProgressBar(terminal, new PrintWriter(Writer.nullWriter()));
        bar.begin(part, steps, done);
        return bar;
    }

    @Test
    void aWarningStandsWholeAboveTheBarWhichIsDrawnAgain() throws Exception {
        try (ProgressBar bar = bar(terminal, "images", 4, 0)) {
            bar.advance(1);
            Thread.sleep(900);
            new PrintWriter(terminal.errors(), true).println("clap: a warning");
            bar.advance(3);
        }

        assertThat(seen().lines()).hasSize(2);
        assertThat(seen().lines().toList().get(0)).isEqualTo("clap: a warning");
        assertThat(seen().lines().toList().get(1))
                .matches("images 100 % \\[#{24}] 4/4  [\\d.]+/s  0:0\\d")
                .hasSizeLessThan(COLUMNS);
    }

    @Test
    void aBarMovesWithoutAStepAndShowsNothingForWhatIsDoneAtOnce() throws Exception {
        bar(terminal, "quick", 1, 0).close();
        assertThat(seen()).isEmpty();

        try (ProgressBar bar = bar(terminal, "slow", 2, 0)) {
            Thread.sleep(1600);
            assertThat(bar).isNotNull();
        }
        String all = screen.toString(StandardCharsets.UTF_8);
        assertThat(all).contains("slow   0 % [                        ] 0/2  0:00");
        assertThat(all).contains("slow   0 % [                        ] 0/2  0:01");
    }

    @Test
    void aBarFitsWhateverItSays() throws Exception {
        try (ProgressBar bar = bar(terminal, "training of 漢字漢字漢字漢字漢字漢字漢字漢字", 1000, 10)) {
            bar.note("\u001b[31mloss " + "0.123456789".repeat(9));
            Thread.sleep(900);
        }

        assertThat(seen()).contains("漢字 ", "\\u001b[31m").doesNotContain("\u001b");
        assertThat(DisplayWidth.of(seen().strip())).isBetween(COLUMNS - 10, COLUMNS - 1);
    }

    @Test
    void theLatestOfTwoBarsIsShown() throws Exception {
        try (ProgressBar outer = bar(terminal, "outer", 1, 0)) {
            Thread.sleep(700);
            try (ProgressBar inner = bar(terminal, "inner", 1, 0)) {
                inner.advance(1);
                Thread.sleep(700);
            }
            assertThat(seen()).startsWith("inner 100 %");
            outer.advance(1);
        }
        assertThat(seen().lines()).hasSize(2);
        assertThat(seen()).contains("\nouter 100 %");
    }

    @Test
    void aCommandThatIsSilentForLongSaysThatItWorks() throws Exception {
        ProgressBar.working(terminal, "clap zeroshot");
        Thread.sleep(1200);
        assertThat(seen()).isEmpty();
        Thread.sleep(900);
        assertThat(seen()).startsWith("clap zeroshot …  0:0");
        new PrintWriter(terminal.results(screen), true).println("result");
        terminal.clear();
        assertThat(seen()).isEqualTo("result\n");
    }

    @Test
    void nothingMovesWhereNobodyWatches() throws Exception {
        Terminal pipe = new Terminal(screen, false, COLUMNS);
        try (ProgressBar bar = bar(pipe, "images", 2, 0)) {
            bar.advance(1);
            Thread.sleep(700);
        }
        assertThat(screen.size()).isZero();
    }

    @Test
    void aClosedPipeIsToldFromAFullDisk() {
        assertThatThrownBy(() -> terminal.results(failing("Broken pipe")).write("text"))
                .isInstanceOf(Terminal.ClosedPipe.class);
        assertThatThrownBy(() ->
                        terminal.results(failing("No space left on device")).write("text"))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot write to standard output: No space left on device");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
