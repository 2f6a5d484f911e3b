package dev.clap4j.iconworld.paint;

/** Filters over one plane {@code [side, side]}; beyond the border its last pixels go on. */
final class Filters {
    private Filters() {}

    /** The mean over squares of {@code 2 radius + 1}, twice: nearly a Gaussian. */
    static float[] blur(float[] plane, int side, int radius) {
        return radius < 1 ? plane.clone() : box(box(plane, side, radius), side, radius);
    }

    private static float[] box(float[] plane, int side, int radius) {
        return transposedBox(transposedBox(plane, side, radius), side, radius);
    }

    /** Means along the rows, by sums that move on from pixel to pixel; rows become columns. */
    private static float[] transposedBox(float[] plane, int side, int radius) {
        float[] means = new float[plane.length];
        float share = 1f / (2 * radius + 1);
        for (int y = 0; y < side; y++) {
            int row = y * side;
            float sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += plane[row + clamp(k, side)];
            }
            for (int x = 0; x < side; x++) {
                means[x * side + y] = sum * share;
                sum += plane[row + Math.min(x + radius + 1, side - 1)] - plane[row + Math.max(x - radius, 0)];
            }
        }
        return means;
    }

    /** The mean over the square of so many pixels a side whose upper left corner a pixel is. */
    static float[] squares(float[] plane, int side, int length) {
        float[] rows = new float[plane.length];
        float[] means = new float[plane.length];
        for (int i = 0; i < plane.length; i++) {
            int x = i % side;
            float sum = 0;
            for (int k = 0; k < length; k++) {
                sum += plane[i - x + Math.min(x + k, side - 1)];
            }
            rows[i] = sum / length;
        }
        for (int i = 0; i < plane.length; i++) {
            int x = i % side;
            float sum = 0;
            for (int k = 0; k < length; k++) {
                sum += rows[Math.min(i / side + k, side - 1) * side + x];
            }
            means[i] = sum / length;
        }
        return means;
    }

    /** The length of the gradient, by differences across a pixel. */
    static float[] edges(float[] plane, int side) {
        float[] edges = new float[plane.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float dx = slopeX(plane, side, x, y);
                float dy = slopeY(plane, side, x, y);
                edges[y * side + x] = (float) Math.sqrt(dx * dx + dy * dy);
            }
        }
        return edges;
    }

    static float slopeX(float[] plane, int side, int x, int y) {
        return plane[y * side + clamp(x + 1, side)] - plane[y * side + clamp(x - 1, side)];
    }

    static float slopeY(float[] plane, int side, int x, int y) {
        return plane[clamp(y + 1, side) * side + x] - plane[clamp(y - 1, side) * side + x];
    }

    /** The largest value within a disc. */
    static float[] dilate(float[] plane, int side, float radius) {
        int reach = (int) Math.ceil(radius);
        float[] grown = new float[plane.length];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                float most = 0;
                for (int dy = -reach; dy <= reach; dy++) {
                    for (int dx = -reach; dx <= reach; dx++) {
                        if (dx * dx + dy * dy <= radius * radius) {
                            most = Math.max(most, plane[clamp(y + dy, side) * side + clamp(x + dx, side)]);
                        }
                    }
                }
                grown[y * side + x] = most;
            }
        }
        return grown;
    }

    /** {@code place} moved into a row of {@code side} places. */
    static int clamp(int place, int side) {
        return Math.max(0, Math.min(side - 1, place));
    }
}
