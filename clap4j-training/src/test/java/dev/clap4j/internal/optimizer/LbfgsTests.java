package dev.clap4j.internal.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

class LbfgsTests {
    /** Half a sum of squares with curvatures from 1 to 10,000, about the place (0, 1, 2, …). */
    private static double bowl(double[] point, double[] gradient) {
        double value = 0;
        for (int i = 0; i < point.length; i++) {
            double curvature = Math.pow(10, 4.0 * i / (point.length - 1));
            double from = point[i] - i;
            value += curvature * from * from / 2;
            gradient[i] = curvature * from;
        }
        return value;
    }

    /** SciPy 1.17 takes 777 steps for the same with as much memory; steps differ a little with the line search. */
    @Test
    void findsTheBottomOfANarrowBowl() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(LbfgsTests::bowl, new double[30], 1e-8, 2000);

        for (int i = 0; i < 30; i++) {
            // The curvature is 1 or more, so no coordinate is further from the bottom than the gradient is long.
            assertThat(minimum.point()[i]).isCloseTo(i, within(1e-8));
        }
        assertThat(minimum.gradientLength()).isLessThan(1e-8);
        assertThat(minimum.values()).hasSizeBetween(700, 850).isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** Σ exp(x) − a·x has its minimum where x is log a: curvature changes a thousandfold on the way. */
    @Test
    void curvatureMayChange() {
        double[] a = {0.01, 1, 100};

        Lbfgs.Minimum minimum = Lbfgs.minimise(
                (point, gradient) -> {
                    double value = 0;
                    for (int i = 0; i < a.length; i++) {
                        value += Math.exp(point[i]) - a[i] * point[i];
                        gradient[i] = Math.exp(point[i]) - a[i];
                    }
                    return value;
                },
                new double[] {5, 5, -5},
                1e-9,
                1000);

        for (int i = 0; i < a.length; i++) {
            assertThat(minimum.point()[i]).isCloseTo(Math.log(a[i]), within(1e-6));
        }
    }

    @Test
    void stopsWhenItsStepsRunOutOrTheGradientIsShortEnough() {
        double[] start = new double[30];
        double[] gradient = new double[30];
        bowl(start, gradient);

        assertThat(Lbfgs.minimise(LbfgsTests::bowl, start, 1e-8, 4).values()).hasSize(5);
        assertThat(Lbfgs.minimise(LbfgsTests::bowl, start, 1e9, 100).point()).isEqualTo(start);
        Lbfgs.Minimum loose = Lbfgs.minimise(LbfgsTests::bowl, start, 10, 1000);
        assertThat(loose.gradientLength()).isLessThan(10);
        bowl(loose.point(), gradient);
        double squares = 0;
        for (double value : gradient) {
            squares += value * value;
        }
        assertThat(loose.gradientLength()).isCloseTo(Math.sqrt(squares), within(1e-12));
    }

    @Test
    void endsWhereNumbersAreTooCoarseToGetLower() {
        Lbfgs.Minimum minimum = Lbfgs.minimise(
                (point, gradient) -> {
                    gradient[0] = 2 * (point[0] - 3);
                    return 1e9 + (point[0] - 3) * (point[0] - 3);
                },
                new double[] {10},
                0,
                1000);

        // The value is told apart to 1e-7, hence the place to the root of that.
        assertThat(minimum.point()[0]).isCloseTo(3, within(1e-3));
    }
}
