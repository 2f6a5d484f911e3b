package dev.clap4j.internal.augment;

import dev.clap4j.internal.image.Bitmap;
import java.util.random.RandomGenerator;

/**
 * A perspective transform that moves each corner of the image inwards; the area outside is black.
 *
 * @param coefficients {@code a … h}: the output pixel at {@code (x, y)} is the input at {@code ((ax + by + c) / (gx +
 *     hy + 1), (dx + ey + f) / (gx + hy + 1))}
 */
record Perspective(double... coefficients) {
    /** The inverse of the largest shift of a corner, as a fraction of the image's width or height. */
    private static final int MOST = 4;

    private static final int UNKNOWNS = 8;

    static Perspective draw(int width, int height, RandomGenerator random) {
        int across = width / MOST + 1;
        int down = height / MOST + 1;
        return of(width, height, new int[][] {
            {random.nextInt(across), random.nextInt(down)},
            {width - 1 - random.nextInt(across), random.nextInt(down)},
            {width - 1 - random.nextInt(across), height - 1 - random.nextInt(down)},
            {random.nextInt(across), height - 1 - random.nextInt(down)}
        });
    }

    /**
     * Returns the transform that moves the corners to the given places.
     *
     * @param corners x and y of the upper left, upper right, lower right and lower left corner
     */
    static Perspective of(int width, int height, int[][] corners) {
        int[][] before = {{0, 0}, {width - 1, 0}, {width - 1, height - 1}, {0, height - 1}};
        double[][] equations = new double[UNKNOWNS][];
        for (int i = 0; i < corners.length; i++) {
            double x = corners[i][0];
            double y = corners[i][1];
            double toX = before[i][0];
            double toY = before[i][1];
            equations[2 * i] = new double[] {x, y, 1, 0, 0, 0, -toX * x, -toX * y, toX};
            equations[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -toY * x, -toY * y, toY};
        }
        double[] solution = solve(equations);
        for (int i = 0; i < solution.length; i++) {
            solution[i] = (float) solution[i];
        }
        return new Perspective(solution);
    }

    /** Solves equations by Gaussian elimination with partial pivoting; the last column is the right-hand side. */
    private static double[] solve(double[][] equations) {
        int n = equations.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(equations[row][column]) > Math.abs(equations[pivot][column])) {
                    pivot = row;
                }
            }
            double[] best = equations[pivot];
            equations[pivot] = equations[column];
            equations[column] = best;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : equations[row][column] / best[column];
                for (int i = column; i <= n; i++) {
                    equations[row][i] -= factor * best[i];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = equations[i][n] / equations[i][i];
        }
        return solution;
    }

    /** Applies the transform with bilinear interpolation. */
    Bitmap apply(Bitmap rgb) {
        byte[] out = new byte[rgb.samples().length];
        for (int y = 0, o = 0; y < rgb.height(); y++) {
            for (int x = 0; x < rgb.width(); x++, o += 3) {
                look(rgb, x + 0.5, y + 0.5, out, o);
            }
        }
        return Bitmap.of(rgb.mode(), rgb.width(), rgb.height(), out);
    }

    private void look(Bitmap rgb, double x, double y, byte[] out, int at) {
        double[] k = coefficients;
        double depth = k[6] * x + k[7] * y + 1;
        double fromX = (k[0] * x + k[1] * y + k[2]) / depth;
        double fromY = (k[3] * x + k[4] * y + k[5]) / depth;
        if (!(fromX >= 0 && fromX < rgb.width() && fromY >= 0 && fromY < rgb.height())) {
            return;
        }
        int left = (int) Math.floor(fromX - 0.5);
        int top = (int) Math.floor(fromY - 0.5);
        double across = fromX - 0.5 - left;
        double down = fromY - 0.5 - top;
        for (int c = 0; c < 3; c++) {
            double upper = between(sample(rgb, left, top, c), sample(rgb, left + 1, top, c), across);
            double lower = between(sample(rgb, left, top + 1, c), sample(rgb, left + 1, top + 1, c), across);
            out[at + c] = (byte) (int) between(upper, lower, down);
        }
    }

    private static double between(double a, double b, double part) {
        return a + (b - a) * part;
    }

    /** Returns a sample, with coordinates clamped to the image. */
    private static int sample(Bitmap rgb, int x, int y, int c) {
        int column = Math.min(Math.max(x, 0), rgb.width() - 1);
        int row = Math.min(Math.max(y, 0), rgb.height() - 1);
        return rgb.samples()[(row * rgb.width() + column) * 3 + c] & 0xFF;
    }
}
