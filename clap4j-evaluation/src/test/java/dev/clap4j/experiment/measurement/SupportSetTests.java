package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.RandomData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupportSetTests {
    private final Dataset data = RandomData.of(5, 3, 6, 12, 1.5).dataset();

    @Test
    void asManyImagesOfEachClassInEachDomainAsShots() {
        SupportSet support = SupportSet.draw(data, 2, 1);

        for (int d = 0; d < 3; d++) {
            int[] labels = data.domains().get(d).labels();
            int[] rows = support.rows(d, 2);
            assertThat(IntStream.of(rows).map(i -> labels[i]).toArray()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
            assertThat(rows).doesNotHaveDuplicates();
            int[] all = IntStream.concat(IntStream.of(rows), IntStream.of(support.unlabelled(data, d, 2)))
                    .toArray();
            assertThat(all).containsExactlyInAnyOrder(IntStream.range(0, 30).toArray());
        }
        assertThat(SupportSet.draw(data, 99, 1).rows(0, 99)).hasSize(30);
        assertThatIllegalArgumentException().isThrownBy(() -> SupportSet.draw(data, 0, 1));
    }

    @Test
    void theSeedDecidesAndMoreShotsHoldThoseOfFewer() {
        SupportSet four = SupportSet.draw(data, 4, 7);

        assertThat(SupportSet.draw(data, 2, 7).rows(0, 2)).isEqualTo(four.rows(0, 2));
        assertThat(SupportSet.draw(data, 2, 8).rows(0, 2)).isNotEqualTo(four.rows(0, 2));
        assertThat(four.rows(0, 2)).isNotEqualTo(four.rows(1, 2));
        for (int d = 0; d < 3; d++) {
            assertThat(four.rows(d, 4)).contains(four.rows(d, 2));
        }
        Dataset alone =
                new Dataset(data.root(), data.classes(), List.of(data.domains().get(1)));
        assertThat(SupportSet.draw(alone, 2, 7).rows(0, 2)).isEqualTo(four.rows(1, 2));
    }

    @Test
    void everyImageIsDrawnAboutAsOften() {
        int[] counts = new int[30];
        for (int seed = 0; seed < 600; seed++) {
            for (int row : SupportSet.draw(data, 1, seed).rows(0, 1)) {
                counts[row]++;
            }
        }
        // A binomial of 600 and 1/6 has mean 100 and deviation 9.1; these are more than five of them.
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(50, 150));
    }
}
