package dev.clap4j.tsne;

/** The gradient of the Kullback–Leibler divergence with respect to the map. */
sealed interface Forces permits ExactForces, BarnesHutForces {
    /**
     * The gradient at a map.
     *
     * @param map {@code [2n]}, x and y of each point
     * @param exaggeration a factor of the attraction
     * @param gradient {@code [2n]}, written
     */
    void gradient(double[] map, double exaggeration, double[] gradient);

    /** The divergence KL(P‖Q) of a map {@code [2n]}, in nats. */
    double divergence(double[] map);
}
