package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTests {
    @Test
    void onlyATerminalHasAWidthAndColours() {
        assertThat(Screen.of(false, 80, Map.of("TERM", "xterm"))).isEqualTo(Screen.NONE);
        assertThat(Screen.NONE.ansi().enabled()).isFalse();
        Screen terminal = Screen.of(true, 100, Map.of("TERM", "xterm"));
        assertThat(terminal).isEqualTo(new Screen(100, true));
        assertThat(terminal.ansi().enabled()).isTrue();
        assertThat(Screen.of(true, 3, Map.of()).columns()).isEqualTo(20);
    }

    @Test
    void coloursCanBeRefused() {
        assertThat(Screen.of(true, 80, Map.of("NO_COLOR", "1")).colours()).isFalse();
        assertThat(Screen.of(true, 80, Map.of("TERM", "dumb")).colours()).isFalse();
        assertThat(Screen.of(true, 80, Map.of("NO_COLOR", "")).colours()).isTrue();
    }

    @Test
    void helpThatNoTerminalReadsHasNoColours() {
        assertThat(CommandRun.of("--help").out()
                        + CommandRun.of("train", "--help").out())
                .doesNotContain("\u001b");
    }
}
