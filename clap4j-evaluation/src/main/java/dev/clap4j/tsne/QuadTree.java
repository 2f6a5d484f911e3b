package dev.clap4j.tsne;

/**
 * A square of the plane with the number and the middle of the points in it, cut into four again and again until none
 * holds points at two places.
 */
final class QuadTree {
    /** Points that are still in one square here are at the same place. */
    private static final int DEEPEST = 48;

    private final double left;
    private final double bottom;
    private final double side;
    private final int depth;

    /** Lower left, lower right, upper left and upper right, null where there are no points; null for a square uncut. */
    private QuadTree[] quarters;

    private int mass;
    /** The middle of the points; their sum while points are added. */
    private double x;

    private double y;

    private QuadTree(double left, double bottom, double side, int depth) {
        this.left = left;
        this.bottom = bottom;
        this.side = side;
        this.depth = depth;
    }

    /** Returns the tree of the points of a map {@code [2n]}, added one after the other. */
    static QuadTree of(double[] map) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int k = 0; k < map.length; k++) {
            low[k % 2] = Math.min(low[k % 2], map[k]);
            high[k % 2] = Math.max(high[k % 2], map[k]);
        }
        QuadTree tree = new QuadTree(low[0], low[1], Math.max(high[0] - low[0], high[1] - low[1]), 0);
        for (int k = 0; k < map.length; k += 2) {
            tree.add(map[k], map[k + 1]);
        }
        tree.average();
        return tree;
    }

    private void add(double pointX, double pointY) {
        boolean elsewhere = mass > 0 && (x != pointX * mass || y != pointY * mass);
        if (quarters == null && elsewhere && depth < DEEPEST) {
            quarters = new QuadTree[4];
            // All points so far are at one place.
            QuadTree quarter = quarter(x / mass, y / mass);
            quarter.mass = mass;
            quarter.x = x;
            quarter.y = y;
        }
        if (quarters != null) {
            quarter(pointX, pointY).add(pointX, pointY);
        }
        mass++;
        x += pointX;
        y += pointY;
    }

    private QuadTree quarter(double pointX, double pointY) {
        double half = side / 2;
        int right = pointX >= left + half ? 1 : 0;
        int upper = pointY >= bottom + half ? 1 : 0;
        int place = right + 2 * upper;
        if (quarters[place] == null) {
            quarters[place] = new QuadTree(left + right * half, bottom + upper * half, half, depth + 1);
        }
        return quarters[place];
    }

    private void average() {
        x /= mass;
        y /= mass;
        for (int place = 0; quarters != null && place < 4; place++) {
            if (quarters[place] != null) {
                quarters[place].average();
            }
        }
    }

    /**
     * Adds what all points do to one of them, itself included, which does nothing.
     *
     * @param angle a square of that size over its distance, or smaller, counts as one point
     * @param sums of 1 / (1 + d²), with itself 1, and of (1 / (1 + d²))² (x − x') and (1 / (1 + d²))² (y − y')
     */
    void act(double pointX, double pointY, double angle, double[] sums) {
        double dx = pointX - x;
        double dy = pointY - y;
        double squared = dx * dx + dy * dy;
        if (quarters == null || side * side < angle * angle * squared) {
            double similarity = 1 / (1 + squared);
            double weighted = mass * similarity;
            sums[0] += weighted;
            sums[1] += weighted * similarity * dx;
            sums[2] += weighted * similarity * dy;
            return;
        }
        for (int place = 3; place >= 0; place--) {
            if (quarters[place] != null) {
                quarters[place].act(pointX, pointY, angle, sums);
            }
        }
    }
}
