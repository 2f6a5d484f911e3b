package dev.clap4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LettersTests {
    private static final String TEXT = "336 images of 7 classes, t-SNE of normalised features, perplexity 30";

    @Test
    void linesAreAsLongAsTheyMayBe() {
        List<String> lines = Letters.wrap(TEXT, PlotTheme.SUBTITLE, 200);

        assertThat(String.join(" ", lines)).isEqualTo(TEXT);
        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> Letters.width(line, PlotTheme.SUBTITLE) <= 200);
        String first = lines.get(1).substring(0, lines.get(1).indexOf(' '));
        assertThat(Letters.width(lines.get(0) + " " + first, PlotTheme.SUBTITLE))
                .isGreaterThan(200);
    }

    @Test
    void longTextsAreCut() {
        String cut = Letters.cut("a".repeat(1_000_000), PlotTheme.SUBTITLE, 200);

        assertThat(cut).matches("a+…");
        assertThat(Letters.width(cut, PlotTheme.SUBTITLE)).isBetween(150.0, 200.0);
        assertThat(Letters.cut(TEXT, PlotTheme.SUBTITLE, 1000)).isEqualTo(TEXT);
    }

    @Test
    void aLongWordStandsAlone() {
        assertThat(Letters.wrap("a DomainNet/infograph/aircraft_carrier b", PlotTheme.SUBTITLE, 20))
                .containsExactly("a", "DomainNet/infograph/aircraft_carrier", "b");
        assertThat(Letters.wrap("", PlotTheme.SUBTITLE, 20)).isEmpty();
    }
}
