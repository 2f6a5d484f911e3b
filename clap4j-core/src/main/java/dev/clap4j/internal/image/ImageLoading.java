package dev.clap4j.internal.image;

import dev.clap4j.internal.io.DataType;

/**
 * Options for preparing a stream of images.
 *
 * @param batchSize images per batch; the last one may have fewer
 * @param threads number of images prepared in parallel
 * @param ahead number of batches prepared in advance, which bounds the memory
 * @param skipUnreadable whether images that cannot be decoded are skipped with a warning instead of ending the stream
 * @param type F32 for normalised floats, U8 for pixels before normalisation
 * @param decoding options for decoding files
 */
public record ImageLoading(
        int batchSize, int threads, int ahead, boolean skipUnreadable, DataType type, DecodeOptions decoding) {
    private static final int BATCH_SIZE = 32;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one of them is less than 1, or the type is neither F32 nor U8
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

    /**
     * Returns the defaults: batches of 32 normalised images, one thread per processor, an error for an unreadable
     * image.
     */
    public static ImageLoading defaults() {
        return new ImageLoading(
                BATCH_SIZE,
                Runtime.getRuntime().availableProcessors(),
                2,
                false,
                DataType.F32,
                DecodeOptions.defaults());
    }

    /** Returns these options with another batch size. */
    public ImageLoading withBatchSize(int images) {
        return new ImageLoading(images, threads, ahead, skipUnreadable, type, decoding);
    }

    /** Returns these options with another number of threads. */
    public ImageLoading withThreads(int number) {
        return new ImageLoading(batchSize, number, ahead, skipUnreadable, type, decoding);
    }

    /** Returns these options with unreadable images skipped or not. */
    public ImageLoading withSkipUnreadable(boolean skipped) {
        return new ImageLoading(batchSize, threads, ahead, skipped, type, decoding);
    }

    /** Returns these options with another element type. */
    public ImageLoading withType(DataType other) {
        return new ImageLoading(batchSize, threads, ahead, skipUnreadable, other, decoding);
    }

    /** Returns these options with other decoding options. */
    public ImageLoading withDecoding(DecodeOptions options) {
        return new ImageLoading(batchSize, threads, ahead, skipUnreadable, type, options);
    }
}
