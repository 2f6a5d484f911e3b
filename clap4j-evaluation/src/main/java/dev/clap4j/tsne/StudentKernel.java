package dev.clap4j.tsne;

/** The similarity of two points of a map: 1 / (1 + d²), Student's t with one degree of freedom. */
final class StudentKernel {
    private StudentKernel() {}

    /** Returns the similarity of two points of a map {@code [2n]}. */
    static double of(double[] map, int i, int j) {
        double dx = map[2 * i] - map[2 * j];
        double dy = map[2 * i + 1] - map[2 * j + 1];
        return 1 / (1 + dx * dx + dy * dy);
    }

    /** The sum over all ordered pairs of different points. */
    static double total(double[] map) {
        int n = map.length / 2;
        double[] parts = new double[n];
        Rows.each(n, (from, to) -> {
            for (int i = from; i < to; i++) {
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    sum += of(map, i, j);
                }
                parts[i] = sum - 1;
            }
        });
        double total = 0;
        for (double part : parts) {
            total += part;
        }
        return total;
    }

    /** Returns one pair's term of KL(P‖Q): p log(p / q), 0 if p is 0. */
    static double divergence(double p, double q) {
        return p == 0 ? 0 : p * Math.log(p / q);
    }
}
