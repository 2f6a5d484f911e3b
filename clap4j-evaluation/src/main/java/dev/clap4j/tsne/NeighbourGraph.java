package dev.clap4j.tsne;

import dev.clap4j.internal.run.Steps;
import java.util.Arrays;

/**
 * P, the joint probabilities of points and their nearest neighbours; all others are zero (van der Maaten 2014, section
 * 4.1). A compressed sparse matrix, symmetric.
 *
 * @param starts {@code [n + 1]}, where each row begins in the others
 * @param columns the neighbours of each row
 * @param values their probabilities
 */
record NeighbourGraph(int[] starts, int[] columns, double[] values) {
    /** Neighbours for each unit of perplexity: the rest of a Gaussian neighbourhood weighs next to nothing. */
    private static final int REACH = 3;

    static NeighbourGraph of(Points points, double perplexity, Steps steps) {
        int n = points.count();
        int reach = (int) Math.min(n - 1, REACH * perplexity);
        int[][] neighbours = new int[n][];
        double[][] probabilities = new double[n][];
        Rows.each(n, steps, (from, to) -> {
            double[] distances = new double[n];
            for (int i = from; i < to; i++) {
                points.squaredDistances(i, distances);
                int[] nearest = Nearest.of(distances, i, reach);
                Arrays.sort(nearest);
                neighbours[i] = nearest;
                probabilities[i] =
                        Arrays.stream(nearest).mapToDouble(j -> distances[j]).toArray();
                Perplexity.calibrate(probabilities[i], reach, perplexity);
            }
        });
        return symmetric(neighbours, probabilities);
    }

    private static NeighbourGraph symmetric(int[][] neighbours, double[][] probabilities) {
        int n = neighbours.length;
        int[] starts = new int[n + 1];
        for (int i = 0; i < n; i++) {
            for (int j : neighbours[i]) {
                starts[i + 1]++;
                starts[j + 1] += Arrays.binarySearch(neighbours[j], i) < 0 ? 1 : 0;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] columns = new int[starts[n]];
        double[] values = new double[starts[n]];
        int[] filled = Arrays.copyOf(starts, n);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < neighbours[i].length; k++) {
                int j = neighbours[i][k];
                int back = Arrays.binarySearch(neighbours[j], i);
                double joint = (probabilities[i][k] + (back < 0 ? 0 : probabilities[j][back])) / (2.0 * n);
                columns[filled[i]] = j;
                values[filled[i]++] = joint;
                if (back < 0) {
                    columns[filled[j]] = i;
                    values[filled[j]++] = joint;
                }
            }
        }
        return new NeighbourGraph(starts, columns, values);
    }

    int points() {
        return starts.length - 1;
    }
}
