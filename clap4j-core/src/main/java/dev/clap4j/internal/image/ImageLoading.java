package dev.clap4j.internal.image;

import dev.clap4j.internal.io.DataType;

/**
 * How a stream of images is prepared.
 *
 * @param batchSize images in a batch; the last one may have fewer
 * @param threads how many images are prepared at the same time
 * @param ahead how many batches are prepared before they are asked for, which bounds the memory
 * @param skipUnreadable whether images that cannot be decoded are left out with a warning instead of ending the stream
 * @param type F32 for normalised floats, U8 for pixels before normalisation
 * @param decoding how files are read
 */
public record ImageLoading(
        int batchSize, int threads, int ahead, boolean skipUnreadable, DataType type, DecodeOptions decoding) {
    private static final int BATCH_SIZE = 32;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is less than 1, or the type is another
     */
    public ImageLoading {
        if (batchSize < 1 || threads < 1 || ahead < 1) {
            throw new IllegalArgumentException(
                    "Batches of " + batchSize + " by " + threads + " threads, " + ahead + " ahead");
        }
        if (type != DataType.F32 && type != DataType.U8) {
            throw new IllegalArgumentException("Images as " + type);
        }
    }

    /** Batches of 32 normalised images, as many threads as the machine has processors, an error for a bad image. */
    public static ImageLoading defaults() {
        return new ImageLoading(
                BATCH_SIZE,
                Runtime.getRuntime().availableProcessors(),
                2,
                false,
                DataType.F32,
                DecodeOptions.defaults());
    }

    /** The same with batches of another size. */
    public ImageLoading withBatchSize(int images) {
        return new ImageLoading(images, threads, ahead, skipUnreadable, type, decoding);
    }

    /** The same with another number of threads. */
    public ImageLoading withThreads(int number) {
        return new ImageLoading(batchSize, number, ahead, skipUnreadable, type, decoding);
    }

    /** The same, leaving out images that cannot be decoded or not. */
    public ImageLoading withSkipUnreadable(boolean skipped) {
        return new ImageLoading(batchSize, threads, ahead, skipped, type, decoding);
    }

    /** The same with another type of numbers. */
    public ImageLoading withType(DataType other) {
        return new ImageLoading(batchSize, threads, ahead, skipUnreadable, other, decoding);
    }

    /** The same with files read in another way. */
    public ImageLoading withDecoding(DecodeOptions options) {
        return new ImageLoading(batchSize, threads, ahead, skipUnreadable, type, options);
    }
}
