package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Prediction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassifiedRowsTests {
    @Test
    void aLongNameHasALineOfItsOwnOnANarrowScreen() {
        StringWriter out = new StringWriter();
        String longName = "photos/" + "x".repeat(60) + ".png";
        ClassifiedRows rows = ClassifiedRows.Lines.of(
                new PrintWriter(out), List.of(Path.of("a.png"), Path.of(longName)), List.of("dog"), true, 40);
        rows.add(new ClassifiedRows.Row("a.png", List.of(new Prediction("dog", 1, 0.5f)), Optional.empty()));
        rows.add(new ClassifiedRows.Row(
                longName, List.of(new Prediction("dog", 1, 0.25f)), Optional.of(Path.of("into/dog/x.png"))));
        assertThat(out.toString().lines())
                .containsExactly(
                        "Image                 Class  Probability",
                        "────────────────────────────────────────",
                        "a.png                 dog        50.00 %",
                        longName,
                        "                      dog        25.00 %",
                        "  → into/dog/x.png");
    }
}
