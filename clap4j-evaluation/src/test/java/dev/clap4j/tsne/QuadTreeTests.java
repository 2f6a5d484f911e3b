package dev.clap4j.tsne;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class QuadTreeTests {
    /** Points on a coarse grid, so that several share a place and the tree's edges. */
    @Property(tries = 50)
    void withoutAnAngleEveryPointCounts(@ForAll @IntRange(min = 1, max = 60) int count, @ForAll int seed) {
        Random random = new Random(seed);
        double[] map = new double[2 * count];
        for (int k = 0; k < map.length; k++) {
            map[k] = random.nextBoolean() ? random.nextInt(4) : random.nextGaussian();
        }
        QuadTree tree = QuadTree.of(map);
        for (int i = 0; i < count; i++) {
            double[] sums = new double[3];
            tree.act(map[2 * i], map[2 * i + 1], 0, sums);

            double expected = 0;
            double pushX = 0;
            double pushY = 0;
            for (int j = 0; j < count; j++) {
                double similarity = Forces.similarity(map, i, j);
                expected += similarity;
                pushX += similarity * similarity * (map[2 * i] - map[2 * j]);
                pushY += similarity * similarity * (map[2 * i + 1] - map[2 * j + 1]);
            }
            assertThat(sums[0]).isCloseTo(expected, within(1e-9));
            assertThat(sums[1]).isCloseTo(pushX, within(1e-9));
            assertThat(sums[2]).isCloseTo(pushY, within(1e-9));
        }
    }
}
