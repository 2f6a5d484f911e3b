package dev.clap4j.internal.diffusion.scheduler;

import java.util.Arrays;

/**
 * The weights of UniPC's differences, which solve a Vandermonde system (Zhao et al. 2023,
 * <a href="https://arxiv.org/abs/2302.04867">arXiv:2302.04867</a>, theorem 3.1).
 */
final class UniPcWeights {
    private UniPcWeights() {}

    /**
     * Returns the weights.
     *
     * @param ratios of the steps back to the step, then 1
     * @param h the step in half the logarithm of the signal-to-noise ratio, negative for solvers in the picture
     * @param exponential whether {@code B(h)} is {@code exp(h) − 1}
     * @param corrects whether the next prediction is known; else it has no weight
     */
    static double[] of(double[] ratios, double h, boolean exponential, boolean corrects) {
        int unknown = corrects ? ratios.length : ratios.length - 1;
        if (unknown <= 1) {
            // Of second order in either case, and defined for infinite steps.
            return new double[] {0.5};
        }
        double[][] system = new double[unknown][unknown + 1];
        double divisor = exponential ? Math.expm1(h) : h;
        double phi = Math.expm1(h) / h - 1;
        double factorial = 1;
        for (int i = 0; i < unknown; i++) {
            for (int j = 0; j < unknown; j++) {
                system[i][j] = Math.pow(ratios[j], i);
            }
            system[i][unknown] = phi * factorial / divisor;
            factorial *= i + 2;
            phi = phi / h - 1 / factorial;
        }
        return solve(system);
    }

    /** Gaussian elimination with pivots. */
    private static double[] solve(double[][] system) {
        int n = system.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(system[row][column]) > Math.abs(system[pivot][column])) {
                    pivot = row;
                }
            }
            double[] chosen = system[pivot];
            system[pivot] = system[column];
            system[column] = chosen;
            for (int row = column + 1; row < n; row++) {
                double factor = system[row][column] / chosen[column];
                for (int k = column; k <= n; k++) {
                    system[row][k] -= factor * chosen[k];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = n - 1; row >= 0; row--) {
            double rest = system[row][n];
            for (int k = row + 1; k < n; k++) {
                rest -= system[row][k] * solution[k];
            }
            solution[row] = rest / system[row][row];
        }
        return Arrays.copyOf(solution, n);
    }
}
