package dev.clap4j.tsne;

import dev.clap4j.internal.run.Steps;
import java.util.Arrays;

/**
 * Near neighbours attract each other, and cells of the plane push as one point would (van der Maaten 2014). P is a
 * compressed sparse matrix, symmetric, in which only near neighbours have a probability.
 *
 * @param starts {@code [n + 1]}, where each row begins in the others
 * @param columns the neighbours of each row
 * @param values their probabilities
 * @param angle θ, the size over the distance below which a cell counts as one point
 */
record BarnesHutForces(int[] starts, int[] columns, double[] values, double angle) implements Forces {
    /** Neighbours for each unit of perplexity: the rest of a Gaussian neighbourhood weighs next to nothing. */
    private static final int REACH = 3;

    static BarnesHutForces of(Points points, double perplexity, double angle, Steps steps) {
        int n = points.count();
        int reach = (int) Math.min(n - 1, REACH * perplexity);
        int[][] neighbours = new int[n][];
        double[][] probabilities = new double[n][];
        Rows.each(n, i -> {
            double[] distances = points.squaredDistances(i);
            neighbours[i] = Points.nearest(distances, i, reach);
            Arrays.sort(neighbours[i]);
            probabilities[i] =
                    Arrays.stream(neighbours[i]).mapToDouble(j -> distances[j]).toArray();
            Perplexity.calibrate(probabilities[i], perplexity);
            steps.advance(1);
        });
        return symmetric(neighbours, probabilities, angle);
    }

    private static BarnesHutForces symmetric(int[][] neighbours, double[][] probabilities, double angle) {
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
        return new BarnesHutForces(starts, columns, values, angle);
    }

    @Override
    public OnPoint on(double[] map) {
        QuadTree tree = QuadTree.of(map);
        return (i, attraction, repulsion) -> {
            attract(i, map, attraction);
            double[] sums = new double[3];
            tree.act(map[2 * i], map[2 * i + 1], angle, sums);
            repulsion[2 * i] = sums[1];
            repulsion[2 * i + 1] = sums[2];
            return sums[0] - 1;
        };
    }

    private void attract(int i, double[] map, double[] attraction) {
        double pullX = 0;
        double pullY = 0;
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            int j = columns[k];
            double pull = values[k] * Forces.similarity(map, i, j);
            pullX += pull * (map[2 * i] - map[2 * j]);
            pullY += pull * (map[2 * i + 1] - map[2 * j + 1]);
        }
        attraction[2 * i] = pullX;
        attraction[2 * i + 1] = pullY;
    }

    /** Exact but for the neighbours that P leaves out. */
    @Override
    public double divergence(double[] map) {
        double total = Forces.similarities(map);
        double sum = 0;
        for (int i = 0; i < starts.length - 1; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum += Forces.divergence(values[k], Forces.similarity(map, i, columns[k]) / total);
            }
        }
        return sum;
    }
}
