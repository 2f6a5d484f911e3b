package dev.clap4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StyleTests {
    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
    }

    @Test
    void coloursAndShapesTellNamesApart() {
        List<String> names = names(Style.DISTINCT);
        Map<String, Style> styles = Style.assign(names);

        assertThat(names.stream()
                        .map(name -> List.of(
                                styles.get(name).colour(), styles.get(name).marker())))
                .doesNotHaveDuplicates();
        assertThat(names.stream().limit(8).map(name -> styles.get(name).colour()))
                .doesNotHaveDuplicates();
        assertThat(names.stream().limit(8).map(name -> styles.get(name).marker()))
                .doesNotHaveDuplicates();
    }

    @Test
    void furtherNamesBeginAnew() {
        Map<String, Style> styles = Style.assign(names(Style.DISTINCT + 1));

        assertThat(styles.get("class 80")).isEqualTo(styles.get("class 0"));
    }

    @Test
    void methodsLookTheSameWhateverElseThereIs() {
        Map<String, Style> all = Style.assign(List.of("CLIP", "Im.Aug α=0.5", "CLAP α=0.208", "CLAP α=1"));
        Map<String, Style> one = Style.assign(List.of("baseline", "CLAP"));

        assertThat(all.get("CLIP").colour()).isEqualTo(new Color(0xE69F00));
        assertThat(all.get("CLAP α=0.208")).isEqualTo(one.get("CLAP"));
        assertThat(List.of(all.get("CLAP α=1"), all.get("CLIP"), all.get("Im.Aug α=0.5"), all.get("CLAP α=0.208")))
                .doesNotHaveDuplicates();
        assertThat(one.get("baseline")).isNotEqualTo(one.get("CLAP"));
    }

    /** Prints without colours show lightness and hatches only. */
    @Test
    void barsDifferInGrey() {
        List<String> names = names(8);
        Map<String, Style> styles = Style.assign(names);

        for (String one : names) {
            for (String other : names.subList(names.indexOf(one) + 1, names.size())) {
                boolean hatched =
                        !styles.get(one).hatch().equals(styles.get(other).hatch());
                assertThat(hatched || Math.abs(lightness(styles.get(one)) - lightness(styles.get(other))) >= 15)
                        .as(one + " and " + other)
                        .isTrue();
            }
        }
        Map<String, Style> methods = Style.assign(List.of("CLIP", "Im.Aug", "CLAP"));
        assertThat(List.of("CLIP", "Im.Aug", "CLAP"))
                .map(name -> methods.get(name).hatch())
                .doesNotHaveDuplicates();
    }

    /** Returns L* of CIELAB, from 0 to 100. */
    private static double lightness(Style style) {
        float[] rgb = style.colour().getRGBColorComponents(null);
        double luminance = 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
        return 116 * Math.cbrt(luminance) - 16;
    }

    private static double linear(double component) {
        return Math.pow((component + 0.055) / 1.055, 2.4);
    }

    @Property
    void hatchesFillABarAndNoMore(
            @ForAll @IntRange(max = 4) int place,
            @ForAll @IntRange(max = 999) int x,
            @ForAll @IntRange(max = 999) int y,
            @ForAll @IntRange(min = 16, max = 400) int width,
            @ForAll @IntRange(min = 16, max = 400) int height) {
        Style style = Style.assign(names(5)).get("class " + place);
        Rectangle2D bar = new Rectangle2D.Double(x, y, width, height);
        List<Rectangle2D> drawn = new ArrayList<>();
        style.fill(new NotingCanvas(new ArrayList<>(), drawn), List.of(bar));

        assertThat(drawn.get(0)).isEqualTo(bar);
        assertThat(drawn).hasSize(style.hatch().isEmpty() ? 1 : 3);
        Rectangle2D hatch = drawn.get(drawn.size() / 2);
        assertThat(hatch.createUnion(bar)).isEqualTo(bar);
        assertThat(hatch.getWidth()).isGreaterThanOrEqualTo(bar.getWidth() - 16);
        assertThat(hatch.getHeight()).isGreaterThanOrEqualTo(bar.getHeight() - 16);
    }
}
