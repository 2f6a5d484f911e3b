package dev.clap4j.iconworld.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.iconworld.dataset.BuildOptions.Domains;
import dev.clap4j.iconworld.dataset.BuildOptions.Split;
import dev.clap4j.iconworld.icon.IconSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildOptionsTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1 | 64 | The number of concepts should be from 1 to 187, but is 0",
                "188 | 1 | 64 | The number of concepts should be from 1 to 187, but is 188",
                "1 | 0 | 64 | The number of pictures per class should be from 1 to 1000000, but is 0",
                "1 | 1 | 15 | The image size should be from 16 to 1024, but is 15",
                "1 | 1 | 1025 | The image size should be from 16 to 1024, but is 1025",
            })
    void numbersOutOfRangeAreRefused(int concepts, int perClass, int imageSize, String message) {
        assertThatThrownBy(() ->
                        new BuildOptions(Split.TEST, IconSet.SEEN, Domains.ICON_SETS, concepts, perClass, imageSize, 0))
                .isInstanceOf(ClapException.class)
                .hasMessage(message);
    }

    @Test
    void someSetIsNeeded() {
        assertThatThrownBy(() -> BuildOptions.evaluation(List.of(), 1, 0))
                .isInstanceOf(ClapException.class)
                .hasMessage("At least one icon set is needed");
    }

    @Test
    void fingerprintsTellOptionsApart() {
        BuildOptions seen = BuildOptions.evaluation(IconSet.SEEN, 6, 0);
        assertThat(seen.fingerprint()).matches("[0-9a-f]{32}");
        assertThat(seen.fingerprint())
                .isEqualTo(BuildOptions.evaluation(IconSet.SEEN, 6, 0).fingerprint());
        assertThat(List.of(
                        seen.fingerprint(),
                        BuildOptions.evaluation(IconSet.UNSEEN, 6, 0).fingerprint(),
                        BuildOptions.evaluation(IconSet.SEEN, 7, 0).fingerprint(),
                        BuildOptions.evaluation(IconSet.SEEN, 6, 1).fingerprint()))
                .doesNotHaveDuplicates();
        assertThat(seen.pictures()).isEqualTo(3234);
    }
}
