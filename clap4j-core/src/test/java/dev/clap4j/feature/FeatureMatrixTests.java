package dev.clap4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FeatureMatrixTests {
    private final FeatureMatrix features =
            new FeatureMatrix(List.of("a", "b", "c"), 2, new float[] {3, 4, 0, 0, -5, 12});

    @Test
    void rowsAreCopies() {
        features.row(0)[0] = 7;
        features.values()[0] = 7;

        assertThat(features.row(0)).containsExactly(3, 4);
        assertThat(features.rows()).isEqualTo(3);
    }

    @Test
    void normalisesEveryRowAndLeavesZeros() {
        assertThat(features.normalised().values())
                .containsExactly(0.6f, 0.8f, 0, 0, (float) (-5 / 13.0), (float) (12 / 13.0));
    }

    @Test
    void selectsRowsInAnyOrder() {
        assertThat(features.select(2, 0, 2))
                .isEqualTo(new FeatureMatrix(List.of("c", "a", "c"), 2, new float[] {-5, 12, 3, 4, -5, 12}));
    }

    @Test
    void concatenates() {
        assertThat(FeatureMatrix.concat(List.of(features.select(0, 1), features.select(2))))
                .isEqualTo(features);
        FeatureMatrix narrow = new FeatureMatrix(List.of("d"), 1, new float[] {1});
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> FeatureMatrix.concat(List.of(features, narrow)))
                .withMessage("Features with 1 values cannot follow features with 2; both must come from the same model"
                        + " and head");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> FeatureMatrix.concat(List.of()))
                .withMessage("There are no features to concatenate");
    }

    @Test
    void ensembleIsTheNormalisedMeanOfNormalisedRows() {
        FeatureMatrix x = new FeatureMatrix(List.of("dog"), 2, new float[] {10, 0});
        FeatureMatrix y = new FeatureMatrix(List.of("hound"), 2, new float[] {0, 0.1f});

        FeatureMatrix both = FeatureMatrix.ensemble(List.of(x, y));

        assertThat(both.ids()).containsExactly("dog");
        // One rounding to float; half a unit in the last place of 0.7 is 3e-8.
        assertThat(both.row(0)[0]).isCloseTo((float) Math.sqrt(0.5), within(6e-8f));
        assertThat(both.row(0)[1]).isEqualTo(both.row(0)[0]);
    }

    @Test
    void refusesWrongSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureMatrix(List.of("a", "b"), 3, new float[5]))
                .withMessage("2 rows of 3 values cannot be 5 values");
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        assertThatThrownBy(() -> new FeatureMatrix(List.of("dog", "cat"), 2, new float[] {0, 1, 2, Float.NaN}))
                .isInstanceOf(ClapException.class)
                .hasMessage("The feature of \"cat\" (row 1) has the value NaN at place 1 where a finite number is"
                        + " expected; the model's weights or the input are damaged");
        assertThatThrownBy(() -> new FeatureMatrix(List.of("dog"), 1, new float[] {Float.POSITIVE_INFINITY}))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has the value Infinity at place 0");
    }

    @Property(tries = 100)
    void normalisedRowsHaveLengthOne(@ForAll @Size(12) List<@FloatRange(min = 0.01f, max = 1e6f) Float> numbers) {
        float[] values = new float[12];
        IntStream.range(0, 12).forEach(i -> values[i] = numbers.get(i));

        FeatureMatrix unit = new FeatureMatrix(List.of("a", "b", "c"), 4, values).normalised();

        for (int i = 0; i < 3; i++) {
            double squares = 0;
            for (float x : unit.row(i)) {
                squares += (double) x * x;
            }
            // Each of 4 values is rounded once, by at most 6e-8 of itself.
            assertThat(squares).isCloseTo(1, within(2.5e-7));
        }
    }
}
