package dev.clap4j.spark.job;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * Locality-sensitive hashing by random hyperplanes (Charikar, 2002): features on the same side of all hyperplanes of a table
 * share a bucket. Features are centred first, since those of CLIP lie in a narrow cone.
 *
 * @param bits the hyperplanes of a table; 0 puts everything in one bucket
 * @param tables the number of tables
 * @param mean the mean of normalised features, {@code [dimension]}
 * @param seed the seed of the hyperplanes
 */
record Hyperplanes(int bits, int tables, double[] mean, long seed) implements Serializable {
    /** The most tables; each costs a copy of all features in the shuffle. */
    static final int MOST_TABLES = 32;

    private static final int MOST_BITS = 30;

    /** Returns one bucket for all. */
    static Hyperplanes none(long seed) {
        return new Hyperplanes(0, 1, new double[0], seed);
    }

    /**
     * Plans the tables: the most bits, up to one bucket a row, with which {@link #MOST_TABLES} reach a recall.
     *
     * @param rows the number of rows
     * @param cosine the smallest cosine of a pair
     * @param recall the expected part of such pairs that share a bucket, below 1
     * @param mean the mean of normalised features
     */
    static Hyperplanes plan(long rows, double cosine, double recall, double[] mean, long seed) {
        double side = sameSide(cosine, mean);
        int bits = Math.min(MOST_BITS, Long.SIZE - Long.numberOfLeadingZeros(rows));
        while (bits > 0 && tables(side, bits, recall) > MOST_TABLES) {
            bits--;
        }
        return new Hyperplanes(bits, bits == 0 ? 1 : tables(side, bits, recall), mean, seed);
    }

    /** Returns the probability that a hyperplane has a pair of that cosine on one side. */
    private static double sameSide(double cosine, double[] mean) {
        double variance = 1;
        for (double value : mean) {
            variance -= value * value;
        }
        double centred = variance <= 0 ? -1 : Math.max(-1, 1 - (1 - cosine) / variance);
        return 1 - Math.acos(Math.min(1, centred)) / Math.PI;
    }

    private static int tables(double side, int bits, double recall) {
        double bucket = Math.pow(side, bits);
        return bucket >= 1
                ? 1
                : (int) Math.min(Integer.MAX_VALUE, Math.ceil(Math.log(1 - recall) / Math.log1p(-bucket)));
    }

    /** Returns the hyperplanes' normals, table by table: {@code [tables · bits, dimension]}. */
    float[][] normals() {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] normals = new float[tables * bits][mean.length];
        for (float[] normal : normals) {
            for (int i = 0; i < normal.length; i++) {
                normal[i] = (float) random.nextGaussian();
            }
        }
        return normals;
    }

    /** Returns the bucket in each table of a normalised feature. */
    int[] buckets(float[] feature, float[][] normals) {
        int[] buckets = new int[tables];
        for (int n = 0; n < normals.length; n++) {
            double side = 0;
            for (int i = 0; i < mean.length; i++) {
                side += normals[n][i] * (feature[i] - mean[i]);
            }
            buckets[n / bits] = buckets[n / bits] << 1 | (side >= 0 ? 1 : 0);
        }
        return buckets;
    }
}
