package dev.clap4j.internal.augment;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.run.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A mask of black blocks on a grid, as in the authors' code. Pixels at the right and bottom that remain when the grid
 * does not divide the edge stay unchanged.
 *
 * @param grid the number of blocks in a row, and of rows
 * @param blocks the indices of the black blocks, in row-major order
 */
record BlockMask(int grid, int... blocks) {
    private static final int LEAST_GRID = 8;
    private static final int GRID_END = 16;

    /** The largest fraction of blocks that are black. */
    private static final double MOST = 0.25;

    static BlockMask draw(RandomGenerator random) {
        int grid = random.nextInt(LEAST_GRID, GRID_END);
        int blocks = grid * grid;
        int count = random.nextInt((int) (MOST * blocks) + 1);
        return new BlockMask(grid, Streams.sample(blocks, count, random));
    }

    Bitmap apply(Bitmap rgb) {
        int width = rgb.width() / grid * 3;
        int height = rgb.height() / grid;
        byte[] out = rgb.samples().clone();
        for (int block : blocks) {
            for (int y = 0; y < height; y++) {
                int from = (block / grid * height + y) * rgb.width() * 3 + block % grid * width;
                Arrays.fill(out, from, from + width, (byte) 0);
            }
        }
        return Bitmap.of(rgb.mode(), rgb.width(), rgb.height(), out);
    }
}
