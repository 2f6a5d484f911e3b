package dev.clap4j.tsne;

import java.util.Arrays;

/**
 * The plane cut into four again and again until no cell holds two points, with the number and the middle of the points
 * of every cell.
 */
final class QuadTree {
    /** Points that are still in one cell here are at the same place. */
    private static final int DEEPEST = 48;

    private static final int NONE = -1;

    private double side;
    private int cells;
    /** The first of four cells that a cell is cut into, or none. */
    private int[] children;
    /** The number of points in a cell. */
    private int[] mass;
    /** The middle of the points in a cell, x and y. */
    private double[] middle;

    private QuadTree(int points) {
        int room = 8 * points + 16;
        children = new int[room];
        mass = new int[room];
        middle = new double[2 * room];
    }

    /** A tree of the points of a map {@code [2n]}, added one after the other. */
    static QuadTree of(double[] map) {
        int n = map.length / 2;
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int k = 0; k < map.length; k++) {
            low[k % 2] = Math.min(low[k % 2], map[k]);
            high[k % 2] = Math.max(high[k % 2], map[k]);
        }
        QuadTree tree = new QuadTree(n);
        tree.side = Math.max(high[0] - low[0], high[1] - low[1]);
        tree.newCell();
        for (int i = 0; i < n; i++) {
            tree.add(map[2 * i], map[2 * i + 1], low[0], low[1]);
        }
        for (int cell = 0; cell < tree.cells; cell++) {
            tree.middle[2 * cell] /= Math.max(1, tree.mass[cell]);
            tree.middle[2 * cell + 1] /= Math.max(1, tree.mass[cell]);
        }
        return tree;
    }

    /** While points are added, {@code middle} holds their sums. */
    private void add(double x, double y, double left, double bottom) {
        int cell = 0;
        double cornerX = left;
        double cornerY = bottom;
        double size = side;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (children[cell] == NONE) {
                if (mass[cell] == 0 || isAt(cell, x, y)) {
                    break;
                }
                cut(cell, cornerX + size / 2, cornerY + size / 2);
            }
            gain(cell, x, y);
            size /= 2;
            int quarter = quarter(x, y, cornerX + size, cornerY + size);
            cornerX += (quarter & 1) * size;
            cornerY += (quarter >> 1) * size;
            cell = children[cell] + quarter;
        }
        gain(cell, x, y);
    }

    private boolean isAt(int cell, double x, double y) {
        return middle[2 * cell] == x * mass[cell] && middle[2 * cell + 1] == y * mass[cell];
    }

    /** Moves the content of a cell, all at one place, into one of its quarters. */
    private void cut(int cell, double centreX, double centreY) {
        int first = newCell();
        newCell();
        newCell();
        newCell();
        children[cell] = first;
        double x = middle[2 * cell] / mass[cell];
        double y = middle[2 * cell + 1] / mass[cell];
        int quarter = first + quarter(x, y, centreX, centreY);
        mass[quarter] = mass[cell];
        middle[2 * quarter] = middle[2 * cell];
        middle[2 * quarter + 1] = middle[2 * cell + 1];
    }

    private static int quarter(double x, double y, double centreX, double centreY) {
        return (x >= centreX ? 1 : 0) + (y >= centreY ? 2 : 0);
    }

    private void gain(int cell, double x, double y) {
        mass[cell]++;
        middle[2 * cell] += x;
        middle[2 * cell + 1] += y;
    }

    private int newCell() {
        if (cells == children.length) {
            int room = 2 * cells;
            children = Arrays.copyOf(children, room);
            mass = Arrays.copyOf(mass, room);
            middle = Arrays.copyOf(middle, 2 * room);
        }
        children[cells] = NONE;
        return cells++;
    }

    /** A walk through the tree, of one thread. */
    final class Walk {
        private final int[] waiting = new int[3 * DEEPEST + 4];
        private final double[] sizes = new double[3 * DEEPEST + 4];
        private double pushX;
        private double pushY;

        /**
         * Sums what all points do to one of them, itself included, which does nothing.
         *
         * @param angle a cell of that size over its distance, or smaller, counts as one
         * @return the sum of its similarities 1 / (1 + d²), with itself 1
         */
        double act(double x, double y, double angle) {
            pushX = 0;
            pushY = 0;
            double sum = 0;
            int open = 1;
            waiting[0] = 0;
            sizes[0] = side;
            while (open > 0) {
                int cell = waiting[--open];
                double size = sizes[open];
                if (mass[cell] == 0) {
                    continue;
                }
                double dx = x - middle[2 * cell];
                double dy = y - middle[2 * cell + 1];
                double squared = dx * dx + dy * dy;
                if (children[cell] == NONE || size * size < angle * angle * squared) {
                    double similarity = 1 / (1 + squared);
                    double weighted = mass[cell] * similarity;
                    sum += weighted;
                    pushX += weighted * similarity * dx;
                    pushY += weighted * similarity * dy;
                } else {
                    for (int quarter = 0; quarter < 4; quarter++) {
                        waiting[open] = children[cell] + quarter;
                        sizes[open++] = size / 2;
                    }
                }
            }
            return sum;
        }

        /** Σ (1 / (1 + d²))² (x − x') of the last point asked for. */
        double pushX() {
            return pushX;
        }

        /** Σ (1 / (1 + d²))² (y − y') of the last point asked for. */
        double pushY() {
            return pushY;
        }
    }
}
