package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PointsTests {
    @Property(tries = 100)
    void theNearestAreThoseOfASort(@ForAll @IntRange(min = 1, max = 9) int count, @ForAll int seed) {
        Random random = new Random(seed);
        double[] distances =
                IntStream.range(0, 100).mapToDouble(i -> random.nextInt(40)).toArray();

        int[] nearest = Points.nearest(distances, 17, count);

        assertThat(nearest)
                .containsExactly(IntStream.range(0, 100)
                        .filter(i -> i != 17)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> distances[i]))
                        .limit(count)
                        .mapToInt(i -> i)
                        .toArray());
    }
}
