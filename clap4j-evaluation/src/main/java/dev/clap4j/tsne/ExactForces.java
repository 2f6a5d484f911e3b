package dev.clap4j.tsne;

import dev.clap4j.internal.run.Steps;
import java.util.Arrays;

/** Every point acts on every other. P is {@code [n][n]}, symmetric, zero on the diagonal. */
record ExactForces(double[][] joint) implements Forces {
    static ExactForces of(Points points, double perplexity, Steps steps) {
        int n = points.count();
        double[][] conditional = new double[n][];
        Rows.each(n, i -> {
            conditional[i] = neighbourhood(points.squaredDistances(i), i, perplexity);
            steps.advance(1);
        });
        double[][] joint = new double[n][n];
        Rows.each(n, i -> Arrays.setAll(joint[i], j -> (conditional[i][j] + conditional[j][i]) / (2.0 * n)));
        return new ExactForces(joint);
    }

    /** Turns the squared distances of a point into its probabilities of all points; its own is 0. */
    private static double[] neighbourhood(double[] distances, int self, double perplexity) {
        int last = distances.length - 1;
        // The last takes its place among the others.
        distances[self] = distances[last];
        double[] others = Arrays.copyOf(distances, last);
        Perplexity.calibrate(others, perplexity);
        double[] row = Arrays.copyOf(others, last + 1);
        row[last] = row[self];
        row[self] = 0;
        return row;
    }

    @Override
    public OnPoint on(double[] map) {
        return (i, attraction, repulsion) -> act(i, map, attraction, repulsion);
    }

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
        double total = Forces.similarities(map);
        return Rows.sum(joint.length, i -> {
            double sum = 0;
            for (int j = 0; j < joint.length; j++) {
                sum += Forces.divergence(joint[i][j], Forces.similarity(map, i, j) / total);
            }
            return sum;
        });
    }
}
