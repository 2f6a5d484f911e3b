package dev.clap4j.tsne;

/** Near neighbours attract each other, and cells of the plane push as one point would (van der Maaten 2014). */
final class BarnesHutForces implements Forces {
    private final NeighbourGraph graph;
    private final double angle;

    BarnesHutForces(NeighbourGraph graph, double angle) {
        this.graph = graph;
        this.angle = angle;
    }

    @Override
    public void gradient(double[] map, double exaggeration, double[] gradient) {
        int n = graph.points();
        QuadTree tree = QuadTree.of(map);
        double[] repulsion = new double[2 * n];
        double[] similarities = new double[n];
        Rows.each(n, (from, to) -> {
            QuadTree.Walk walk = tree.new Walk();
            for (int i = from; i < to; i++) {
                similarities[i] = walk.act(map[2 * i], map[2 * i + 1], angle) - 1;
                repulsion[2 * i] = walk.pushX();
                repulsion[2 * i + 1] = walk.pushY();
                attract(i, map, gradient);
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

    private void attract(int i, double[] map, double[] attraction) {
        double pullX = 0;
        double pullY = 0;
        for (int k = graph.starts()[i]; k < graph.starts()[i + 1]; k++) {
            int j = graph.columns()[k];
            double pull = graph.values()[k] * StudentKernel.of(map, i, j);
            pullX += pull * (map[2 * i] - map[2 * j]);
            pullY += pull * (map[2 * i + 1] - map[2 * j + 1]);
        }
        attraction[2 * i] = pullX;
        attraction[2 * i + 1] = pullY;
    }

    /** Exact but for the neighbours that P leaves out. */
    @Override
    public double divergence(double[] map) {
        double total = StudentKernel.total(map);
        double sum = 0;
        for (int i = 0; i < graph.points(); i++) {
            for (int k = graph.starts()[i]; k < graph.starts()[i + 1]; k++) {
                double q = StudentKernel.of(map, i, graph.columns()[k]) / total;
                sum += StudentKernel.divergence(graph.values()[k], q);
            }
        }
        return sum;
    }
}
