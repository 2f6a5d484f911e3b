package dev.clap4j.tsne;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * t-SNE (van der Maaten and Hinton 2008): a map of points in the plane on which neighbours stay neighbours.
 *
 * <p>It starts from the principal plane, so that it keeps what it can of the large picture (Kobak and Berens 2019), and
 * descends with momentum and a gain for each number. All pairs of up to 2,000 points are computed; beyond, far ones
 * are taken together (Barnes–Hut, van der Maaten 2014). The same points, options and seed give the same map, bit for
 * bit, however many processors there are.
 */
public final class Tsne {
    private static final double EXAGGERATION = 12;
    private static final int EXAGGERATED = 250;
    private static final double FIRST_MOMENTUM = 0.5;
    private static final double MOMENTUM = 0.8;
    private static final double LEAST_GAIN = 0.01;
    private static final double LEAST_RATE = 50;

    /** Standard deviation of the first map along its longer side. */
    private static final double FIRST_SPREAD = 1e-4;

    /** The jitter that separates equal points, relative to that deviation. */
    private static final double JITTER = 1e-3;

    /** Spread, as a part of the largest number, that rounding makes of equal points. */
    private static final double NOTHING = 1e-10;

    /** The most points for which every pair is computed. */
    private static final int EXACT_UP_TO = 2000;

    /** Up to 0.7, a square that looks smaller than this cannot hold the point that looks at it. */
    private static final double ANGLE = 0.5;

    private Tsne() {}

    /**
     * Makes a map.
     *
     * @param points {@code [n, D]}, compared by Euclidean distance; unit vectors are compared by angle
     * @param steps advanced by every point whose neighbours are known, and by every iteration
     * @throws ClapException if there are less than twice as many points as the perplexity, or all are alike
     */
    public static TsneMap of(FeatureMatrix points, TsneOptions options, Steps steps) {
        return of(points, options, points.rows() <= EXACT_UP_TO, steps);
    }

    static TsneMap of(FeatureMatrix points, TsneOptions options, boolean exact, Steps steps) {
        options.requirePoints(points.rows());
        double[] map = start(points, new Streams(options.seed()).get("t-sne", 0));
        Points rows = new Points(points);
        Forces forces = exact
                ? ExactForces.of(rows, options.perplexity(), steps)
                : BarnesHutForces.of(rows, options.perplexity(), ANGLE, steps);
        descend(map, forces, options.iterations(), steps);
        float[] places = new float[map.length];
        for (int k = 0; k < map.length; k++) {
            places[k] = (float) map[k];
        }
        return new TsneMap(new FeatureMatrix(points.ids(), 2, places), forces.divergence(map));
    }

    private static double[] start(FeatureMatrix points, RandomGenerator random) {
        double[] map = PrincipalPlane.of(points, random);
        double squares = 0;
        for (int i = 0; i < points.rows(); i++) {
            squares += map[2 * i] * map[2 * i];
        }
        double largest = 0;
        for (float value : points.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        double spread = Math.sqrt(squares / points.rows());
        if (spread <= NOTHING * largest) {
            throw new ClapException("All " + points.rows() + " points are alike, so there is nothing to map");
        }
        for (int k = 0; k < map.length; k++) {
            map[k] = FIRST_SPREAD * (map[k] / spread + JITTER * random.nextGaussian());
        }
        return map;
    }

    private static void descend(double[] map, Forces forces, int iterations, Steps steps) {
        double[] gradient = new double[map.length];
        double[] step = new double[map.length];
        double[] gains = new double[map.length];
        Arrays.fill(gains, 1);
        // The rate that suits the number of points (Belkina et al. 2019).
        double rate = Math.max(LEAST_RATE, map.length / 2.0 / EXAGGERATION / 4);
        for (int iteration = 0; iteration < iterations; iteration++) {
            boolean early = iteration < EXAGGERATED;
            forces.gradient(map, early ? EXAGGERATION : 1, gradient);
            for (int k = 0; k < map.length; k++) {
                boolean turned = step[k] * gradient[k] < 0;
                gains[k] = Math.max(LEAST_GAIN, turned ? gains[k] + 0.2 : gains[k] * 0.8);
                step[k] = (early ? FIRST_MOMENTUM : MOMENTUM) * step[k] - rate * gains[k] * gradient[k];
                map[k] += step[k];
            }
            centre(map);
            steps.advance(1);
        }
    }

    private static void centre(double[] map) {
        double[] sums = new double[2];
        for (int k = 0; k < map.length; k++) {
            sums[k % 2] += map[k];
        }
        for (int k = 0; k < map.length; k++) {
            map[k] -= 2 * sums[k % 2] / map.length;
        }
    }
}
