package dev.clap4j.internal.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The projection against all points of a grid on the hyperplane, in up to four dimensions. */
class BoxProjectionTests {
    private static final int GRID = 25;
    private static final double ROUNDING = 1e-5;

    /** Some values lie on bounds, and some weights are zero. */
    private static float[] draw(Random random, int count, boolean weights) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double value = weights ? random.nextGaussian() : random.nextDouble() * 1.4 - 0.2;
            values[i] = weights ? (float) (random.nextInt(6) == 0 ? 0 : value) : Ball.clamp((float) value);
        }
        return values;
    }

    @Property(tries = 300)
    void noPointOnTheHyperplaneIsNearer(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int dimensions) {
        Random random = new Random(seed);
        float[] point = draw(random, dimensions, false);
        float[] normal = draw(random, dimensions, true);
        double gap = random.nextGaussian() / 2;

        float[] step = BoxProjection.step(gap, normal, point);

        double left = gap;
        double length = 0;
        for (int i = 0; i < dimensions; i++) {
            assertThat(point[i] + step[i]).isBetween(-1e-7f, 1 + 1e-7f);
            left += normal[i] * (double) step[i];
            length = Math.max(length, Math.abs(step[i]));
        }
        double nearest = nearest(gap, normal, point, new double[dimensions], 0, pivot(normal));
        if (nearestValue(gap, normal, point) > ROUNDING) {
            assertThat(Math.abs(left)).isCloseTo(nearestValue(gap, normal, point), within(ROUNDING));
        } else {
            assertThat(left).isCloseTo(0, within(ROUNDING));
            assertThat(length).isLessThanOrEqualTo(nearest + ROUNDING);
        }
    }

    private static int pivot(float[] normal) {
        int pivot = 0;
        for (int i = 1; i < normal.length; i++) {
            pivot = Math.abs(normal[i]) > Math.abs(normal[pivot]) ? i : pivot;
        }
        return pivot;
    }

    /** Returns the least magnitude of the function in the box, which it has at a corner unless it is zero. */
    private static double nearestValue(double gap, float[] normal, float[] point) {
        double least = Math.abs(gap);
        for (int corner = 0; corner < 1 << normal.length; corner++) {
            double value = gap;
            for (int i = 0; i < normal.length; i++) {
                value += normal[i] * ((corner >> i & 1) - (double) point[i]);
            }
            if (value * gap <= 0) {
                return 0;
            }
            least = Math.min(least, Math.abs(value));
        }
        return least;
    }

    /** Returns the distance of the nearest point of the grid, whose pivot is chosen such that it is on the hyperplane. */
    private static double nearest(double gap, float[] normal, float[] point, double[] moved, int axis, int pivot) {
        if (axis == normal.length) {
            double rest = gap;
            for (int i = 0; i < normal.length; i++) {
                rest += i == pivot ? 0 : normal[i] * moved[i];
            }
            moved[pivot] = -rest / normal[pivot];
            double end = point[pivot] + moved[pivot];
            if (!(end >= 0 && end <= 1)) {
                return Double.POSITIVE_INFINITY;
            }
            double distance = 0;
            for (double value : moved) {
                distance = Math.max(distance, Math.abs(value));
            }
            return distance;
        }
        if (axis == pivot) {
            return nearest(gap, normal, point, moved, axis + 1, pivot);
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            moved[axis] = i / (double) GRID - point[axis];
            nearest = Math.min(nearest, nearest(gap, normal, point, moved, axis + 1, pivot));
        }
        return nearest;
    }
}
