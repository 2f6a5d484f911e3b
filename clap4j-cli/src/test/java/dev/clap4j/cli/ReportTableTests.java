package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTableTests {
    @Test
    void runsThatMeasuredNothingAreSaidToBeSo() {
        assertThat(ReportTable.of(List.of())).startsWith("Nothing was measured in these runs");
    }
}
