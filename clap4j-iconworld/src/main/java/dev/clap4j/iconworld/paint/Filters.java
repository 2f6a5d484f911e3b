package dev.clap4j.iconworld.paint;

/** Filters of a plane {@code [side, side]}; pixels beyond the border equal the nearest ones. */
final class Filters {
    private Filters() {}

    /** Box blur with squares of side {@code 2 radius + 1}, applied twice, which approximates a Gaussian. */
    static float[] blur(float[] plane, int side, int radius) {
        return radius < 1 ? plane.clone() : box(box(plane, side, radius), side, radius);
    }

    private static float[] box(float[] plane, int side, int radius) {
        return transposedBox(transposedBox(plane, side, radius), side, radius);
    }

    /** Averages along the rows with running sums; the result is transposed. */
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

    /** Averages the square of the given side whose upper left corner is the pixel. */
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

    /** Returns the magnitude of the gradient, by central differences. */
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

    /** Takes the maximum over a disc. */
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

    /** Clamps {@code place} to the indices of a row. */
    static int clamp(int place, int side) {
        return Math.max(0, Math.min(side - 1, place));
    }
}
