package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClapTests {
    @Test
    void helpListsTheCommands() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("Usage: clap");
    }

    @Test
    void noCommandIsWrongUse() {
        CommandRun run = CommandRun.of();
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("Which command?");
    }

    @Test
    void unknownOptionIsWrongUse() {
        CommandRun run = CommandRun.of("--no-such-option");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("--no-such-option");
    }
}
