package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTests {
    private static final List<String> KNOWN =
            List.of("dog", "cat", "alarm clock", "fire truck", "ViT-B/16", "ViT-B/32", "officehome");

    @ParameterizedTest
    @CsvSource({
        "dgo, dog",
        "dogs, dog",
        "alarmclock, alarm clock",
        "Alarm_Clok, alarm clock",
        "vit-b-15, ViT-B/16",
        "office, officehome",
        "fier truk, fire truck"
    })
    void mistypedNamesAreRecognized(String unknown, String meant) {
        assertThat(NearestName.of(unknown, KNOWN)).contains(meant);
        assertThat(NearestName.hint(unknown, KNOWN)).isEqualTo(" (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @CsvSource({"''", "zebra", "of", "'?'"})
    void othersAreNot(String unknown) {
        assertThat(NearestName.of(unknown, KNOWN)).isEmpty();
        assertThat(NearestName.hint(unknown, KNOWN)).isEmpty();
    }

    @Test
    void oneLetterIsNotMistakenForAnother() {
        assertThat(NearestName.of("z", List.of("x", "y"))).isEmpty();
        assertThat(NearestName.of("X", List.of("x", "y"))).contains("x");
    }

    @Test
    void hugeNamesCostNothing() {
        assertThat(NearestName.of("x".repeat(1_000_000), KNOWN)).isEmpty();
        assertThat(NearestName.of("dog", List.of("x".repeat(1_000_000)))).isEmpty();
    }
}
