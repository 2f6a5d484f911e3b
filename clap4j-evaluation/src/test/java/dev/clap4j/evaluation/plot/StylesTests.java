package dev.clap4j.evaluation.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StylesTests {
    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
    }

    @Test
    void coloursAndShapesTellNamesApart() {
        List<String> names = names(Styles.DISTINCT);
        Styles styles = new Styles(names);

        assertThat(names.stream()
                        .map(name -> List.of(
                                styles.of(name).colour(), styles.of(name).marker())))
                .doesNotHaveDuplicates();
        assertThat(names.stream().limit(8).map(name -> styles.of(name).colour()))
                .doesNotHaveDuplicates();
        assertThat(names.stream().limit(8).map(name -> styles.of(name).marker()))
                .doesNotHaveDuplicates();
    }

    @Test
    void furtherNamesBeginAnew() {
        Styles styles = new Styles(names(Styles.DISTINCT + 1));

        assertThat(styles.of("class 80")).isEqualTo(styles.of("class 0"));
    }

    @Test
    void methodsLookTheSameWhateverElseThereIs() {
        Styles all = new Styles(List.of("CLIP", "Im.Aug α=0.5", "CLAP α=0.208", "CLAP α=1"));
        Styles one = new Styles(List.of("baseline", "CLAP"));

        assertThat(all.of("CLIP").colour()).isEqualTo(new Color(0xE69F00));
        assertThat(all.of("CLAP α=0.208")).isEqualTo(one.of("CLAP"));
        assertThat(List.of(all.of("CLAP α=1"), all.of("CLIP"), all.of("Im.Aug α=0.5"), all.of("CLAP α=0.208")))
                .doesNotHaveDuplicates();
        assertThat(one.of("baseline")).isNotEqualTo(one.of("CLAP"));
    }
}
