package dev.clap4j.tsne;

/**
 * P, the joint probabilities of points to be neighbours, and how it pulls and pushes the points of a map {@code [2n]},
 * x and y of each.
 */
sealed interface Forces permits ExactForces, BarnesHutForces {
    /** The forces on each point of a map. */
    @FunctionalInterface
    interface OnPoint {
        /** Writes x and y of the forces on point i, and returns the sum of its similarities to the others. */
        double act(int i, double[] attraction, double[] repulsion);
    }

    /** Returns the forces on each point of a map, unscaled. */
    OnPoint on(double[] map);

    /** Returns the divergence KL(P‖Q) of a map, in nats. */
    double divergence(double[] map);

    /** Writes the gradient of the divergence with respect to the map, with a factor of the attraction. */
    default void gradient(double[] map, double exaggeration, double[] gradient) {
        double[] repulsion = new double[map.length];
        OnPoint forces = on(map);
        double total = Rows.sum(map.length / 2, i -> forces.act(i, gradient, repulsion));
        for (int k = 0; k < map.length; k++) {
            gradient[k] = 4 * (exaggeration * gradient[k] - repulsion[k] / total);
        }
    }

    /** Returns the similarity of two points of a map, 1 / (1 + d²): Student's t with one degree of freedom. */
    static double similarity(double[] map, int i, int j) {
        double dx = map[2 * i] - map[2 * j];
        double dy = map[2 * i + 1] - map[2 * j + 1];
        return 1 / (1 + dx * dx + dy * dy);
    }

    /** Returns the sum of the similarities of all ordered pairs of different points. */
    static double similarities(double[] map) {
        int n = map.length / 2;
        return Rows.sum(n, i -> {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += similarity(map, i, j);
            }
            return sum - 1;
        });
    }

    /** Returns one pair's term of the divergence: p log(p / q), 0 if p is 0. */
    static double divergence(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }
}
