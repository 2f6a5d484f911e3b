package dev.clap4j.internal.server;

import java.time.Duration;

/**
 * The limits of a server.
 *
 * @param bodyBytes the size of a request's body
 * @param pixels the number of pixels of a picture
 * @param inputs the number of texts and pictures of a request
 * @param prompts the number of prompts of a request: classes times templates
 * @param requests the number of requests in progress at the same time
 * @param queuedInputs the number of inputs, of all requests, that are admitted and not finished
 * @param queuedBytes the memory of all bodies together, in bytes
 * @param queuedPixels the number of pixels of all pictures that are admitted and not finished
 * @param maxWait the time for which requests in progress may hold up another
 * @param requestTime the time for a request, from its first byte to its answer
 * @param drainTime the time for the requests in progress when the server is closed
 * @param batchDelay the time for which a batch that is not full waits for more inputs
 */
public record Limits(
        long bodyBytes,
        long pixels,
        int inputs,
        int prompts,
        int requests,
        int queuedInputs,
        long queuedBytes,
        long queuedPixels,
        Duration maxWait,
        Duration requestTime,
        Duration drainTime,
        Duration batchDelay) {
    private static final long MEBIBYTE = 1 << 20;
    private static final int BODY_MEBIBYTES = 16;

    /** The defaults, of which the memory for bodies is a quarter of the heap. */
    public static final Limits DEFAULTS = new Limits(
            BODY_MEBIBYTES * MEBIBYTE,
            50_000_000,
            256,
            4096,
            256,
            4096,
            Runtime.getRuntime().maxMemory() / 4,
            1_000_000_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(25),
            Duration.ofMillis(2));

    /** The largest body, which is an array. */
    public static final long MOST_BODY_BYTES = Integer.MAX_VALUE - 8;

    /** The memory that a body takes: the bytes, their text, and the pictures decoded from it. */
    public static final int BYTES_PER_BODY_BYTE = 3;

    /**
     * Raises the limit of all bodies to that of one.
     *
     * @throws IllegalArgumentException if a limit is below 1, a body may be larger than an array, or a time is negative
     */
    public Limits {
        if (Math.min(Math.min(bodyBytes, pixels), Math.min(queuedBytes, queuedPixels)) < 1
                || Math.min(Math.min(inputs, prompts), Math.min(requests, queuedInputs)) < 1) {
            throw new IllegalArgumentException("A limit should be at least 1");
        }
        if (bodyBytes > MOST_BODY_BYTES) {
            throw new IllegalArgumentException("A body may have " + MOST_BODY_BYTES + " bytes at most");
        }
        if (maxWait.isNegative()
                || maxWait.isZero()
                || requestTime.isNegative()
                || requestTime.isZero()
                || drainTime.isNegative()
                || batchDelay.isNegative()) {
            throw new IllegalArgumentException("A time limit should be positive");
        }
        queuedBytes = Math.max(queuedBytes, BYTES_PER_BODY_BYTE * bodyBytes);
        queuedPixels = Math.max(queuedPixels, pixels);
        queuedInputs = Math.max(queuedInputs, Math.max(inputs, prompts));
    }
}
