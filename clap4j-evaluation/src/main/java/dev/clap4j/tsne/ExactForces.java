package dev.clap4j.tsne;

import dev.clap4j.internal.run.Steps;

/** Every point acts on every other. */
final class ExactForces implements Forces {
    /** P, joint probabilities, symmetric, zero on the diagonal. */
    private final double[][] joint;

    private ExactForces(double[][] joint) {
        this.joint = joint;
    }

    static ExactForces of(Points points, double perplexity, Steps steps) {
        int n = points.count();
        double[][] conditional = new double[n][];
        Rows.each(n, steps, (from, to) -> {
            for (int i = from; i < to; i++) {
                conditional[i] = neighbourhood(points, i, perplexity);
            }
        });
        double[][] joint = new double[n][n];
        Rows.each(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int j = 0; j < n; j++) {
                    joint[i][j] = (conditional[i][j] + conditional[j][i]) / (2.0 * n);
                }
            }
        });
        return new ExactForces(joint);
    }

    /** A point's probabilities of all points, its own is 0. */
    private static double[] neighbourhood(Points points, int i, double perplexity) {
        int n = points.count();
        double[] row = new double[n];
        points.squaredDistances(i, row);
        // Without itself for a while: the last takes its place.
        row[i] = row[n - 1];
        Perplexity.calibrate(row, n - 1, perplexity);
        row[n - 1] = row[i];
        row[i] = 0;
        return row;
    }

    @Override
    public void gradient(double[] map, double exaggeration, double[] gradient) {
        int n = joint.length;
        double[] repulsion = new double[2 * n];
        double[] similarities = new double[n];
        Rows.each(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                similarities[i] = act(i, map, gradient, repulsion);
            }
        });
        double total = 0;
        for (double similarity : similarities) {
            total += similarity;
        }
        for (int k = 0; k < 2 * n; k++) {
            gradient[k] = 4 * (exaggeration * gradient[k] - repulsion[k] / total);
        }
    }

    /** Sums what acts on one point; returns the sum of its similarities 1 / (1 + d²) to the others. */
    private double act(int i, double[] map, double[] attraction, double[] repulsion) {
        double[] probabilities = joint[i];
        double x = map[2 * i];
        double y = map[2 * i + 1];
        double pullX = 0;
        double pullY = 0;
        double pushX = 0;
        double pushY = 0;
        double sum = 0;
        for (int j = 0; j < probabilities.length; j++) {
            double dx = x - map[2 * j];
            double dy = y - map[2 * j + 1];
            double similarity = 1 / (1 + dx * dx + dy * dy);
            double pull = probabilities[j] * similarity;
            double push = similarity * similarity;
            sum += similarity;
            pullX += pull * dx;
            pullY += pull * dy;
            pushX += push * dx;
            pushY += push * dy;
        }
        attraction[2 * i] = pullX;
        attraction[2 * i + 1] = pullY;
        repulsion[2 * i] = pushX;
        repulsion[2 * i + 1] = pushY;
        return sum - 1;
    }

    @Override
    public double divergence(double[] map) {
        int n = joint.length;
        double total = StudentKernel.total(map);
        double[] parts = new double[n];
        Rows.each(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                for (int j = 0; j < n; j++) {
                    parts[i] += StudentKernel.divergence(joint[i][j], StudentKernel.of(map, i, j) / total);
                }
            }
        });
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }
}
